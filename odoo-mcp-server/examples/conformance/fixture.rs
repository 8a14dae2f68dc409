//! The rmcp handler: which of the suite's requests goes where.

#![expect(
    deprecated,
    reason = "the suite still tests logging and the older subscriptions"
)]

use std::sync::Arc;

use rmcp::model::*;
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::json;
use tokio::sync::broadcast;

use crate::asking::{self, Brought, Round};
use crate::{content, tools};

#[derive(Clone)]
pub(crate) struct Fixture {
    changes: broadcast::Sender<Change>,
    codec: Arc<RequestStateCodec>,
}

/// What the trigger tools tell to listeners.
#[derive(Clone, Copy)]
enum Change {
    Tools,
    Prompts,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self {
            changes: broadcast::channel(16).0,
            codec: Arc::new(RequestStateCodec::new_unchecked(
                *b"a key for a fixture, no secret..",
            )),
        }
    }

    /// Announces a change: to those that listen, and to the session that asked for it.
    async fn announce(
        &self,
        change: Change,
        context: &RequestContext<RoleServer>,
    ) -> CallToolResult {
        // Nobody may be listening.
        let _ = self.changes.send(change);
        if !is_stateless(context) {
            let _ = match change {
                Change::Tools => context.peer.notify_tool_list_changed().await,
                Change::Prompts => context.peer.notify_prompt_list_changed().await,
            };
        }
        CallToolResult::success(vec![ContentBlock::text("Announced.")])
    }
}

fn is_stateless(context: &RequestContext<RoleServer>) -> bool {
    context
        .protocol_version()
        .is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}

fn brought<'a>(
    responses: Option<&'a InputResponses>,
    state: Option<&'a str>,
    context: &RequestContext<RoleServer>,
) -> Brought<'a> {
    Brought {
        responses,
        state,
        capabilities: context.client_capabilities().unwrap_or_default(),
    }
}

impl ServerHandler for Fixture {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_tool_list_changed()
            .enable_prompts()
            .enable_prompts_list_changed()
            .enable_resources()
            .enable_resources_subscribe()
            .enable_completions()
            .enable_logging()
            .build();
        ServerConfig::new(capabilities).with_server_info(Implementation::new(
            "conformance-fixture",
            env!("CARGO_PKG_VERSION"),
        ))
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::list()?))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::list()
            .ok()?
            .into_iter()
            .find(|tool| tool.name == name)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let name = request.name.as_ref();
        match name {
            "test_trigger_tool_change" => {
                return Ok(self.announce(Change::Tools, &context).await.into());
            }
            "test_trigger_prompt_change" => {
                return Ok(self.announce(Change::Prompts, &context).await.into());
            }
            "test_missing_capability" => {
                let can = context
                    .client_capabilities()
                    .is_some_and(|can| can.sampling.is_some());
                return match can {
                    true => Ok(CallToolResult::success(vec![ContentBlock::text("It can.")]).into()),
                    false => Err(ErrorData::missing_required_client_capability(
                        ClientCapabilities::builder().enable_sampling().build(),
                    )),
                };
            }
            _ => {}
        }
        if let Some(result) = tools::call(name, &context).await {
            return Ok(result?.into());
        }
        let arguments = request.arguments.unwrap_or_default();
        if let Some(result) = asking::ask_in_session(name, &arguments, &context).await {
            return Ok(result?.into());
        }
        let brought = brought(
            request.input_responses.as_ref(),
            request.request_state.as_deref(),
            &context,
        );
        match asking::round(name, &brought, &self.codec).transpose()? {
            Some(Round::Ask(question)) => Ok(question.into()),
            Some(Round::Done(text)) => {
                Ok(CallToolResult::success(vec![ContentBlock::text(text)]).into())
            }
            None => Err(ErrorData::invalid_params(
                format!("Unknown tool: {name}"),
                None,
            )),
        }
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(content::resources()?))
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(
            content::templates()?,
        ))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        content::resource(&request.uri).map(Into::into)
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(content::prompts()?))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let name = &request.name;
        let arguments = request.arguments.unwrap_or_default();
        if let Some(prompt) = content::prompt(name, &arguments) {
            return prompt.map(Into::into);
        }
        let brought = brought(
            request.input_responses.as_ref(),
            request.request_state.as_deref(),
            &context,
        );
        match asking::round(name, &brought, &self.codec).transpose()? {
            Some(Round::Ask(question)) => Ok(question.into()),
            Some(Round::Done(text)) => {
                Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).into())
            }
            None => Err(ErrorData::invalid_params(
                format!("Unknown prompt: {name}"),
                None,
            )),
        }
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let values = ["paris", "park", "party"]
            .into_iter()
            .filter(|value| value.starts_with(&request.argument.value))
            .map(str::to_owned)
            .collect();
        let completion = CompletionInfo::with_all_values(values)
            .map_err(|error| ErrorData::internal_error(error, None))?;
        Ok(CompleteResult::new(completion))
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let mut changes = self.changes.subscribe();
        loop {
            let change = tokio::select! {
                () = context.cancelled() => return Ok(()),
                change = changes.recv() => change,
            };
            let sent = match change {
                Ok(Change::Tools) if context.accepted().tools_list_changed == Some(true) => {
                    context.sink().notify_tool_list_changed().await
                }
                Ok(Change::Prompts) if context.accepted().prompts_list_changed == Some(true) => {
                    context.sink().notify_prompt_list_changed().await
                }
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => continue,
                Err(broadcast::error::RecvError::Closed) => return Ok(()),
            };
            if sent.is_err() {
                return Ok(());
            }
        }
    }

    async fn set_level(
        &self,
        _request: SetLevelRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        match is_stateless(&context) {
            true => Err(ErrorData::method_not_found::<SetLevelRequestMethod>()),
            false => Ok(()),
        }
    }

    async fn subscribe(
        &self,
        _request: SubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn unsubscribe(
        &self,
        _request: UnsubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        Err(ErrorData::new(
            ErrorCode::METHOD_NOT_FOUND,
            format!("Method not found: {}", request.method),
            Some(json!({"method": request.method})),
        ))
    }
}

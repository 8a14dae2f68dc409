//! The rmcp handler: each MCP request to the part that answers it, for the caller who sent it.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use rmcp::model::*;
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

use super::door::Visitor;
use super::{completion, instructions, prompts, resources, tools};
use crate::call::call;
use crate::state::State;
use crate::whoami::whoami;

/// How long a client may keep what depends on the key and the version of the gateway.
const LISTS_LAST_MS: u64 = 300_000;
/// Time between the signs of life of a call that takes long.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(5);
/// How long connecting waits for Odoo; the instructions do without it then.
const INTRODUCTION_TIMEOUT: Duration = Duration::from_secs(5);
const METHODS_WITH_PARAMETERS: [&str; 4] = [
    "completion/complete",
    "prompts/get",
    "resources/read",
    "tools/call",
];

#[derive(Clone)]
pub(super) struct Handler {
    state: Arc<State>,
    /// Who calls, where that is settled before the first request.
    only: Option<Visitor>,
}

impl Handler {
    /// A handler behind a door, which says with each request who calls.
    pub(super) fn for_many(state: Arc<State>) -> Handler {
        Handler { state, only: None }
    }

    /// A handler for one caller.
    pub(super) fn for_one(state: Arc<State>, visitor: Visitor) -> Handler {
        Handler {
            state,
            only: Some(visitor),
        }
    }

    fn visitor(&self, context: &RequestContext<RoleServer>) -> Result<Visitor, ErrorData> {
        let from_door = || {
            let parts = context.extensions.get::<http::request::Parts>()?;
            parts.extensions.get::<Visitor>().cloned()
        };
        self.only.clone().or_else(from_door).ok_or_else(|| {
            log::error!("an MCP request has come in without a caller");
            ErrorData::internal_error("internal error", None)
        })
    }

    /// Introduces the database and the user, as far as Odoo answers in time.
    async fn introduction(&self, visitor: &Visitor) -> String {
        match tokio::time::timeout(INTRODUCTION_TIMEOUT, whoami(&self.state, visitor)).await {
            Ok(Ok(user)) => instructions::for_user(&user),
            Ok(Err(error)) => instructions::without_odoo(error.message()),
            Err(_) => instructions::without_odoo("it takes long to answer"),
        }
    }
}

/// Waits for `work` until the client takes its request back; dropping the work frees its slot.
///
/// The work is boxed because rmcp hands the futures of this handler from task to task: unboxed, each hand
/// copies all that a call may ever hold, which took a quarter of a call's time.
async fn unless_cancelled<T>(
    context: &RequestContext<RoleServer>,
    mut work: Pin<Box<impl Future<Output = T>>>,
) -> Result<T, ErrorData> {
    let mut progress = Progress::of(context);
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = context.ct.cancelled() => {
                return Err(ErrorData::internal_error("cancelled by the client", None));
            }
            () = tokio::time::sleep(PROGRESS_INTERVAL) => progress.tick(context).await,
        }
    }
}

/// Tells a client that asked for it that its call still runs.
struct Progress {
    token: Option<ProgressToken>,
    seconds: u64,
}

impl Progress {
    fn of(context: &RequestContext<RoleServer>) -> Progress {
        Progress {
            token: context.meta.get_progress_token(),
            seconds: 0,
        }
    }

    async fn tick(&mut self, context: &RequestContext<RoleServer>) {
        self.seconds += PROGRESS_INTERVAL.as_secs();
        if let Some(token) = &self.token {
            #[expect(clippy::cast_precision_loss, reason = "a count of seconds")]
            let note = ProgressNotificationParam::new(token.clone(), self.seconds as f64)
                .with_message(format!("waiting for Odoo for {} s", self.seconds));
            // A client that is gone is found out by its cancellation.
            let _ = context.peer.notify_progress(note).await;
        }
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .enable_completions()
            .build();
        let name = Implementation::new("odoo-mcp", env!("CARGO_PKG_VERSION")).with_title("Odoo");
        ServerConfig::new(capabilities).with_server_info(name)
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        let visitor = self.visitor(&context)?;
        context.peer.set_peer_info(request.clone());
        let introduction = Box::pin(self.introduction(&visitor)).await;
        Ok(self
            .negotiate_initialize(&request)?
            .with_instructions(introduction))
    }

    async fn discover(
        &self,
        context: RequestContext<RoleServer>,
    ) -> Result<DiscoverResult, ErrorData> {
        let visitor = self.visitor(&context)?;
        let introduction = Box::pin(self.introduction(&visitor)).await;
        let info = self.get_info().with_instructions(introduction);
        let versions = self.supported_protocol_versions().into_owned();
        Ok(DiscoverResult::from_server_info(versions, info)
            .with_ttl_ms(LISTS_LAST_MS)
            .with_cache_scope(CacheScope::Private))
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let visitor = self.visitor(&context)?;
        Ok(
            ListToolsResult::with_all_items(tools::visible(visitor.scope()))
                .with_ttl_ms(LISTS_LAST_MS)
                .with_cache_scope(CacheScope::Private),
        )
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::find(name)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let visitor = self.visitor(&context)?;
        let arguments = request.arguments.unwrap_or_default();
        let work = Box::pin(call(&self.state, &visitor, &request.name, arguments));
        match unless_cancelled(&context, work).await? {
            Ok(answer) => tools::success(answer).map(Into::into),
            Err(error) => tools::failure(&error).map(Into::into),
        }
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(resources::list())
            .with_ttl_ms(LISTS_LAST_MS)
            .with_cache_scope(CacheScope::Private))
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(
            ListResourceTemplatesResult::with_all_items(resources::templates())
                .with_ttl_ms(LISTS_LAST_MS)
                .with_cache_scope(CacheScope::Private),
        )
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let visitor = self.visitor(&context)?;
        let work = Box::pin(resources::read(&self.state, &visitor, &request.uri));
        let result = unless_cancelled(&context, work).await??;
        // Records change under the client's hands: nothing to keep.
        Ok(result
            .with_ttl_ms(0)
            .with_cache_scope(CacheScope::Private)
            .into())
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let visitor = self.visitor(&context)?;
        Ok(
            ListPromptsResult::with_all_items(prompts::visible(visitor.scope()))
                .with_ttl_ms(LISTS_LAST_MS)
                .with_cache_scope(CacheScope::Private),
        )
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        prompts::fill(&request.name, &arguments).map(Into::into)
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let visitor = self.visitor(&context)?;
        let work = Box::pin(completion::complete(&self.state, &visitor, &request));
        Ok(CompleteResult::new(
            unless_cancelled(&context, work).await??,
        ))
    }

    /// rmcp brings here what it cannot read, a known method with malformed parameters too.
    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let method = request.method;
        Err(if METHODS_WITH_PARAMETERS.contains(&method.as_str()) {
            ErrorData::invalid_params(format!("the parameters of `{method}` do not fit it"), None)
        } else {
            let message = format!("no method `{method}`");
            ErrorData::new(ErrorCode::METHOD_NOT_FOUND, message, None)
        })
    }
}

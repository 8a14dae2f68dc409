//! The REST door: paths, bodies and answers, as the Python project shaped them.

mod auth;
mod body;
mod explain;
mod info;
mod reply;
mod sliced;
mod tools;

pub(crate) use tools::Order;

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource, Route};

use crate::config::{Config, ErrorCodes};
use crate::error::{Error, Status};

/// What the operator may set about this door.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) error_codes: ErrorCodes,
    pub(crate) max_request_bytes: usize,
}

impl From<&Config> for Settings {
    fn from(config: &Config) -> Settings {
        Settings {
            error_codes: config.http_error_status,
            max_request_bytes: config.max_request_bytes.get(),
        }
    }
}

/// The paths and their methods; what the 404 and 405 answers name.
const PATHS: [(&str, &str); 7] = [
    ("/", "GET"),
    ("/health", "GET"),
    ("/auth/generate", "POST"),
    ("/auth/validate", "POST"),
    ("/auth/explain", "POST"),
    ("/tools/list", "GET or POST"),
    ("/tools/call", "POST"),
];

pub(crate) fn register(app: &mut ServiceConfig, settings: &Settings) {
    app.app_data(web::Data::new(*settings))
        .service(resource(
            "/",
            [web::get().to(info::root), web::head().to(info::root)],
        ))
        .service(resource(
            "/health",
            [web::get().to(info::health), web::head().to(info::health)],
        ))
        .service(resource("/auth/generate", [web::post().to(auth::generate)]))
        .service(resource("/auth/validate", [web::post().to(auth::validate)]))
        .service(resource("/auth/explain", [web::post().to(explain::answer)]))
        .service(resource(
            "/tools/list",
            [web::get().to(tools::list), web::post().to(tools::list)],
        ))
        .service(resource("/tools/call", [web::post().to(tools::call)]))
        .default_service(web::to(no_such_path));
}

fn resource<const N: usize>(path: &'static str, routes: [Route; N]) -> Resource {
    routes
        .into_iter()
        .fold(web::resource(path), Resource::route)
        .default_service(web::to(wrong_method))
}

async fn no_such_path(request: HttpRequest) -> HttpResponse {
    let paths: Vec<&str> = PATHS.iter().map(|(path, _)| *path).collect();
    reply::failure(&Error::new(
        Status::NoSuchPath,
        format!(
            "there is no `{}` here; there are: {}, and /mcp for MCP",
            crate::tools::quotable(request.path()),
            paths.join(", ")
        ),
    ))
}

async fn wrong_method(request: HttpRequest) -> HttpResponse {
    let methods = PATHS
        .iter()
        .find(|(path, _)| *path == request.path())
        .map_or("", |(_, methods)| *methods);
    reply::failure(&Error::new(
        Status::WrongMethod,
        format!("`{}` takes {methods}", request.path()),
    ))
}

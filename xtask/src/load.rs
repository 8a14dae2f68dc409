//! `cargo xtask load`

#[derive(clap::Args)]
pub(crate) struct Load {}
impl Load {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        Ok(())
    }
}

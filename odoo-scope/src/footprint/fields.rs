//! Lists of fields to read.

use super::refusal::Refusal;
use super::row::{Reason, Step};
use super::walk::{Touched, Walker};
use crate::permission::Permission::Read;

impl<'a> Walker<'a> {
    /// Walks a list of fields; without one, Odoo answers all there are.
    pub(super) fn fields(
        &mut self,
        model: &'a str,
        fields: Option<&'a [String]>,
    ) -> Result<(), Refusal> {
        let Some(fields) = fields.filter(|fields| !fields.is_empty()) else {
            self.touch(model, Read, Touched::AllFields, Reason::Called);
            return Ok(());
        };
        for (index, name) in fields.iter().enumerate() {
            self.touch(model, Read, Touched::Field(name), Reason::Called);
            if name != "id" {
                // A dotted path is no field's name, so it is refused like one
                // that no field has.
                self.at(Step::Index(index), |walker| {
                    walker.field(model, name).map(drop)
                })?;
            }
        }
        Ok(())
    }
}

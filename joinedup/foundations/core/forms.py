"""The renderer that lets `{{ form }}` draw itself with GOV.UK components."""

from django.forms.renderers import DjangoTemplates, TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Forms through core/form.html; a widget drawn alone through Django's own templates."""

    form_template_name = "core/form.html"

    def get_template(self, template_name: str):  # type: ignore[no-untyped-def]
        if template_name.startswith("django/forms/"):
            return DjangoTemplates().get_template(template_name)
        return super().get_template(template_name)

namespace ActiveCitizens.Web.Features.Administration;

/// <summary>Texts of the administrators' pages.</summary>
public sealed class AdministrationText;

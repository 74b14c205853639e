namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>Texts of the municipal council: its deliberations and what they authorise.</summary>
public sealed class MunicipalCouncilText;

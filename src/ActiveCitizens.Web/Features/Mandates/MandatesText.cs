namespace ActiveCitizens.Web.Features.Mandates;

/// <summary>Texts of the councils' mandates: periods, powers, competences and who decides what.</summary>
public sealed class MandatesText;

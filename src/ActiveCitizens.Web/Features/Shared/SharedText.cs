namespace ActiveCitizens.Web.Features.Shared;

/// <summary>Texts of header, footer, components and messages that every area uses.</summary>
public sealed class SharedText;

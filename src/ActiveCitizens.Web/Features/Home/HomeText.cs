namespace ActiveCitizens.Web.Features.Home;

/// <summary>Texts of the home page and of the pages that speak of the site itself.</summary>
public sealed class HomeText;

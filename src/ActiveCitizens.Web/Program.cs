using ActiveCitizens.Web.Features.Errors;
using ActiveCitizens.Web.Features.Shared;
using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Features.Shared.Languages;

var builder = WebApplication.CreateBuilder(args);
builder.AddCities();
builder.AddLanguages();
builder.AddPages();
builder.AddAssets();
builder.AddComponents();
builder.AddErrors();

var app = builder.Build();
app.UseAssets();
app.UseCity();
app.UseLanguage();
app.UseErrors();
app.UseRouting();
app.MapRazorPages();
app.Run();

public partial class Program;

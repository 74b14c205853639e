using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;

var builder = WebApplication.CreateBuilder(args);
builder.AddCities();
builder.AddPersistence();
builder.AddLanguages();
builder.AddPages();
builder.AddNeighbourhoods();

var app = builder.Build();
app.UseCity();
app.UseLanguage();
app.UseRouting();
app.UseStaticFiles();
app.MapRazorPages();
app.Run();

public partial class Program;

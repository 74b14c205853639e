using ActiveCitizens.Web.Demo;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Administration.AppointAdministrator;
using ActiveCitizens.Web.Features.Administration.ReadAuditLog;
using ActiveCitizens.Web.Features.Administration.VerifyAuditLog;
using ActiveCitizens.Web.Features.Budgets;
using ActiveCitizens.Web.Features.Budgets.DownloadRound;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.ShowCandidates;
using ActiveCitizens.Web.Features.Errors;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.MunicipalCouncil.DownloadDeliberations;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared;
using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Features.Shared.Protection;
using ActiveCitizens.Web.Persistence;

var builder = WebApplication.CreateBuilder(args);
builder.AddOperations();
builder.AddCities();
builder.AddPersistence();
builder.AddLanguages();
builder.AddPages();
builder.AddAssets();
builder.AddComponents();
builder.AddProtection();
builder.AddAccounts();
builder.AddMail();
builder.AddErrors();
builder.AddNeighbourhoods();
builder.AddBudgets();
builder.AddMunicipalCouncil();
builder.AddMandates();
builder.AddElections();
builder.AddPersonas();
builder.AddJobs();

var app = builder.Build();
app.UseProtection();
app.UseAssets();
app.UseCity();
app.UseLanguage();
app.UseErrors();
app.UseRouting();
app.UseOutputCache();
app.UseResponseCompression();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapOperations();
app.MapRazorPages();
app.MapAuditDownload();
app.MapBudgetDownloads();
app.MapDeliberationDownloads();
app.MapCandidateFiles();

if (args is [VerifyAuditLog.Verb])
{
    return await app.Services.VerifyAuditAsync(Console.Out, CancellationToken.None);
}

await app.Services.MigrateCitiesAsync(app.Lifetime.ApplicationStopping);
if (args is [AppointAdministrator.Verb, var cityId, var email])
{
    return await app.Services.AppointAdministratorAsync(cityId, email, Console.Out, CancellationToken.None);
}

await app.Services.LoadDemoCitiesAsync(app.Lifetime.ApplicationStopping);
await app.Services.MakePersonaLinksAsync(app.Lifetime.ApplicationStopping);
app.PrintWhenServing();
await app.RunAsync();
return 0;

public partial class Program;

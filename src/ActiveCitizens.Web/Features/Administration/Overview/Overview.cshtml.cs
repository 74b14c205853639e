using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Administration.Overview;

[Authorize(Policy = Policies.Administrator)]
public sealed class OverviewModel : PageModel;

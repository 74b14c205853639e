using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.Mvc;

namespace ActiveCitizens.Web.Features.Accounts;

public static class ReturnPath
{
    /// <summary>A path of this site to go on to, or the account page: never another site's address.</summary>
    public static string Of(IUrlHelper url, string? path) => path is { Length: > 0 and <= 400 } && url.IsLocalUrl(path) ? path : url.Content("~/account");

    /// <summary>
    /// The site's public address in the language of the request, for links in mail and letters: as configured, because a request's
    /// host name can be forged; else as asked.
    /// </summary>
    public static Uri SiteAddress(City city, HttpRequest request) =>
        new(city.Address is { } address ? $"{address.AbsoluteUri.TrimEnd('/')}{request.PathBase}" : $"{request.Scheme}://{request.Host}{request.PathBase}");
}

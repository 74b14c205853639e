using System.Diagnostics;

namespace ActiveCitizens.Web.Features.Errors;

/// <summary>What a person quotes to the city, and an operator finds in the logs and traces.</summary>
public static class ErrorReference
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

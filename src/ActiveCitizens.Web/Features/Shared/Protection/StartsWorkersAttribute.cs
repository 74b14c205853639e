namespace ActiveCitizens.Web.Features.Shared.Protection;

/// <summary>A page whose script starts a worker from bytes it has checked: its policy allows workers from blobs. No other page's does.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StartsWorkersAttribute : Attribute;

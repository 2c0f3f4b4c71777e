using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>A feature of a call: the countries to which its caller's role reaches, where it is bound to some.</summary>
/// <param name="Codes">ISO 3166-1 alpha-3 codes.</param>
public sealed record CallerCountries(IReadOnlySet<string> Codes)
{
    /// <summary>The countries that a call may concern; <see langword="null"/> for all.</summary>
    public static IReadOnlySet<string>? Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetHttpContext().Features.Get<CallerCountries>()?.Codes;
    }
}

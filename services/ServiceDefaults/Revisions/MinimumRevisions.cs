using System.Globalization;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Times;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Revisions;

/// <summary>Waits until countries have reached the revisions that a caller was told. Thread-safe.</summary>
/// <param name="knows">Tells whether the suite knows a country.</param>
/// <param name="reach">Waits until a country has reached a revision, at most for a time; gives the one that it has reached by then.</param>
public sealed class MinimumRevisions(Func<string, bool> knows, Func<string, long, TimeSpan, Task<long>> reach)
{
    /// <summary>The longest wait of a call.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>A wait ends this long before the caller's deadline, so that the answer still arrives and says why.</summary>
    private static readonly TimeSpan s_reserve = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits once for each, whatever the moment asked about: the past is folded only after its revision is reached.</summary>
    /// <param name="minima">The request's <c>minimum_revisions</c>; a country that is there twice is waited for at its highest.</param>
    /// <param name="context">The call, whose deadline and end end the wait.</param>
    /// <exception cref="RpcException">A country is unknown, or has not reached its revision by the deadline or in 10 seconds.</exception>
    public async Task ReachedAsync(IReadOnlyList<V1.CountryRevision> minima, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(minima);
        ArgumentNullException.ThrowIfNull(context);
        for (var i = 0; i < minima.Count; i++)
        {
            if (!knows(minima[i].Country))
            {
                throw Fault.Field(
                    V1.ErrorReason.UnknownCountry,
                    $"minimum_revisions[{i}].country",
                    $"'{minima[i].Country}' is not a country that the suite knows. Use ISO 3166-1 alpha-3.",
                    StatusCode.InvalidArgument,
                    ("country", minima[i].Country)
                );
            }
        }

        var left = context.Left() - s_reserve ?? s_patience;
        var patience = left < s_patience ? left : s_patience;
        await Task.WhenAll(
            minima
                .GroupBy(minimum => minimum.Country, minimum => minimum.Revision, StringComparer.Ordinal)
                .Select(country => ReachAsync(country.Key, country.Max(), patience, context.CancellationToken))
        );
    }

    private async Task ReachAsync(string country, long revision, TimeSpan patience, CancellationToken cancellationToken)
    {
        var reached = await reach(country, revision, patience).WaitAsync(cancellationToken);
        if (reached < revision)
        {
            throw Fault.Of(
                StatusCode.Unavailable,
                V1.ErrorReason.RevisionNotReached,
                $"{country} has reached revision {reached}, not yet {revision}; "
                    + $"the suite waited {Math.Max(0, patience.TotalSeconds):0.#} s. Send the same again.",
                ("country", country),
                ("asked", revision.ToString(CultureInfo.InvariantCulture)),
                ("reached", reached.ToString(CultureInfo.InvariantCulture))
            );
        }
    }
}

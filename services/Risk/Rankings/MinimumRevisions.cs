using EarlyWarning.Contracts.Countries;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Risk.Rankings;

/// <summary>Waits until countries have reached the revisions that a caller was told.</summary>
internal static class MinimumRevisions
{
    /// <summary>The longest wait of a call.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>A wait ends this long before the caller's deadline, so that the answer still arrives and says why.</summary>
    private static readonly TimeSpan s_reserve = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits once for each, whatever the moment asked about: the past is folded only after its revision is reached.</summary>
    /// <exception cref="RpcException">A country is unknown, or has not reached its revision before the deadline or within 10 seconds.</exception>
    public static async Task ReachedAsync(
        IGrainFactory grains,
        IReadOnlyList<V1.CountryRevision> minima,
        Contracts.Countries.Countries countries,
        TimeProvider time,
        ServerCallContext context)
    {
        for (var i = 0; i < minima.Count; i++)
        {
            if (!countries.TryGet(minima[i].Country, out _))
            {
                throw Fault.Field(V1.ErrorReason.UnknownCountry, $"minimum_revisions[{i}].country",
                    $"'{minima[i].Country}' is not a country that the suite knows. Use ISO 3166-1 alpha-3.");
            }
        }

        var left = context.Deadline == DateTime.MaxValue ? s_patience : context.Deadline - time.GetUtcNow().UtcDateTime - s_reserve;
        var patience = left < s_patience ? left : s_patience;
        await Task.WhenAll(minima.Select(minimum => ReachAsync(grains, minimum, patience, context)));
    }

    private static async Task ReachAsync(IGrainFactory grains, V1.CountryRevision minimum, TimeSpan patience, ServerCallContext context)
    {
        var reached = await grains.GetGrain<ICountryGrain>(minimum.Country).ReachAsync(minimum.Revision, patience).WaitAsync(context.CancellationToken);
        if (reached < minimum.Revision)
        {
            throw Fault.Of(StatusCode.Unavailable, V1.ErrorReason.RevisionNotReached,
                $"{minimum.Country} has reached revision {reached}, not yet {minimum.Revision}; the suite waited {Math.Max(0, patience.TotalSeconds):0.#} s. Send the same again.");
        }
    }
}

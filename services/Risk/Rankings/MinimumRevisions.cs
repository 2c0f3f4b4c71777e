using EarlyWarning.Contracts.Countries;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Risk.Rankings;

/// <summary>Waits until countries have reached the revisions that a caller was told.</summary>
internal static class MinimumRevisions
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <exception cref="RpcException">A country is unknown, or has not reached its revision before the deadline or within 10 seconds.</exception>
    public static async Task ReachedAsync(
        IGrainFactory grains,
        string framework,
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

        var until = time.GetUtcNow().UtcDateTime + s_patience;
        if (context.Deadline - (2 * s_retry) < until)
        {
            // A little before the deadline, so that the answer still arrives and says why.
            until = context.Deadline - (2 * s_retry);
        }

        foreach (var minimum in minima)
        {
            var grain = grains.GetGrain<ICountryGrain>(minimum.Country);
            while (await grain.GetRiskAsync(new(framework, WithoutRanges: true)).WaitAsync(context.CancellationToken) is var risk && !(risk?.Revision >= minimum.Revision))
            {
                if (time.GetUtcNow().UtcDateTime >= until)
                {
                    throw Fault.Of(StatusCode.Unavailable, V1.ErrorReason.RevisionNotReached,
                        $"{minimum.Country} is at revision {risk?.Revision ?? 0}, not yet at {minimum.Revision}. Send the same again.");
                }

                await Task.Delay(s_retry, time, context.CancellationToken);
            }
        }
    }
}

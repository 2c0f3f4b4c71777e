using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>Makes a framework the catalogue's next version, as the catalogue's own service does.</summary>
internal sealed class CatalogueWriting(ICatalogue catalogue, IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Creates the version, or says what it would be.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="draft">The response but for the framework as kept, which is added to it.</param>
    /// <param name="mark">The request's mark, under which the response is kept with the version; empty where it has no id.</param>
    /// <param name="validateOnly">Checks and changes nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The response.</returns>
    /// <exception cref="RpcException">It was refused: one error that names every field.</exception>
    public async Task<T> CreateAsync<T>(
        V1.Framework framework,
        T draft,
        string mark,
        bool validateOnly,
        CancellationToken cancellationToken
    )
        where T : IMessage
    {
        var change = await grains
            .GetGrain<ICatalogueGrain>(0)
            .CreateFrameworkAsync(framework, [], validateOnly, KeptRequest.Of(mark, draft))
            .WaitAsync(cancellationToken);
        ThrowIfRefused(change);
        if (!validateOnly)
        {
            // So that whoever is answered reads what was written. Where this silo does not hear of it in time, it was written all the same.
            await catalogue
                .ChangedAsync(change.Revision - 1, cancellationToken)
                .WaitAsync(s_patience, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return draft.With(change);
    }

    private static void ThrowIfRefused(CatalogueChange change)
    {
        if (change.Faults.Count == 0)
        {
            return;
        }

        var first = change.Faults[0];
        throw first.Reason switch
        {
            V1.ErrorReason.StoreUnavailable => Fault.Of(StatusCode.Unavailable, first.Reason, first.Message),
            V1.ErrorReason.EtagMismatch => Fault.Field(first.Reason, first.Field, first.Message, StatusCode.Aborted, first.Metadata),
            V1.ErrorReason.Retired => Fault.Field(first.Reason, first.Field, first.Message, StatusCode.FailedPrecondition, first.Metadata),
            _ => Fault.Fields(
                first.Reason,
                change.Faults.Count == 1 ? first.Message : $"{first.Message} And {change.Faults.Count - 1} more: see the field violations.",
                change.Faults.Select(fault => (fault.Field, fault.Message))
            ),
        };
    }
}

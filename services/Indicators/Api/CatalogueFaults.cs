using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>Makes the errors that callers see of the faults that the catalogue finds.</summary>
internal static class CatalogueFaults
{
    /// <summary>Throws where a change was refused: one error that names every field.</summary>
    public static void ThrowIfAny(CatalogueChange change)
    {
        if (change.Faults.Count == 0)
        {
            return;
        }

        var first = change.Faults[0];
        throw first.Reason switch
        {
            V1.ErrorReason.NotFound => Fault.Field(first.Reason, first.Field, first.Message, StatusCode.NotFound, first.Metadata),
            V1.ErrorReason.AlreadyExists or V1.ErrorReason.IndicatorImmutable => Fault.Field(
                first.Reason,
                first.Field,
                first.Message,
                StatusCode.AlreadyExists,
                first.Metadata
            ),
            V1.ErrorReason.Retired => Fault.Field(first.Reason, first.Field, first.Message, StatusCode.FailedPrecondition, first.Metadata),
            V1.ErrorReason.EtagMismatch => Fault.Field(first.Reason, first.Field, first.Message, StatusCode.Aborted, first.Metadata),
            V1.ErrorReason.StoreUnavailable => Fault.Of(StatusCode.Unavailable, first.Reason, first.Message),
            _ => Fault.Fields(
                first.Reason,
                change.Faults.Count == 1 ? first.Message : $"{first.Message} And {change.Faults.Count - 1} more: see the field violations.",
                change.Faults.Select(fault => (fault.Field, fault.Message))
            ),
        };
    }
}

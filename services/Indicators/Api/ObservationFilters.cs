using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using Grpc.Core;

namespace EarlyWarning.Indicators.Api;

/// <summary>
/// Checks what a list of observations is narrowed by: what is misspelt is refused by its field, never answered with nothing.
/// </summary>
internal static class ObservationFilters
{
    private const int LongestText = 64;

    /// <summary>Refuses what breaks its form, and an indicator that the catalogue does not have.</summary>
    /// <exception cref="RpcException">INVALID_FIELD or UNKNOWN_INDICATOR.</exception>
    public static void Check(V1.ListObservationsRequest request, CatalogueState catalogue, DateTimeOffset now)
    {
        CheckText("source", request.Source);
        CheckText("observation_id", request.ObservationId);
        if (request.Indicator.Length > 0 && !catalogue.Indicators.ContainsKey(request.Indicator))
        {
            throw Fault.Field(
                V1.ErrorReason.UnknownIndicator,
                "indicator",
                $"'{Trailers.Echo(request.Indicator)}' is not in the catalogue. ListIndicators has what is.",
                StatusCode.InvalidArgument,
                ("indicator", request.Indicator)
            );
        }

        RequestFilters.Range("observed_from", request.ObservedFrom, "observed_before", request.ObservedBefore);
        RequestFilters.AsOf(request.AsOf, now);
    }

    /// <summary>
    /// Refuses a source or an id under which nothing of the country was ever recorded; asked where nothing was found, because there is no
    /// list of either to look in first.
    /// </summary>
    /// <exception cref="RpcException">NOT_FOUND with the field.</exception>
    public static async Task CheckRecordedAsync(
        V1.ListObservationsRequest request,
        ICountryGrain country,
        CancellationToken cancellationToken
    )
    {
        if (
            request.Source.Length > 0
            && !await AnyAsync(
                new()
                {
                    Country = request.Country,
                    Source = request.Source,
                    IncludeRevisions = true,
                }
            )
        )
        {
            throw Fault.Field(
                V1.ErrorReason.NotFound,
                "source",
                $"Nothing of {request.Country} was recorded from the source '{Trailers.Echo(request.Source)}'. "
                    + "Sources differ by each letter; list without it to see them.",
                StatusCode.NotFound
            );
        }

        if (
            request.ObservationId.Length > 0
            && !await AnyAsync(
                new()
                {
                    Country = request.Country,
                    ObservationId = request.ObservationId,
                    IncludeRevisions = true,
                }
            )
        )
        {
            throw Fault.Field(
                V1.ErrorReason.NotFound,
                "observation_id",
                $"No observation of {request.Country} was recorded under the id '{Trailers.Echo(request.ObservationId)}'. Check country "
                    + $"and id.",
                StatusCode.NotFound
            );
        }

        async Task<bool> AnyAsync(V1.ListObservationsRequest alone) =>
            (await country.ListObservationsAsync(new(alone, 0, 1)).WaitAsync(cancellationToken)).Count > 0;
    }

    private static void CheckText(string field, string text)
    {
        if (text.Length > LongestText || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                field,
                $"'{field}' has at most {LongestText} printable ASCII characters, as it was recorded."
            );
        }
    }
}

using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Indicators.Api;

/// <summary>Serves the intake of observations, and what was taken in.</summary>
internal sealed class ObservationApi(
    ObservationIntake intake,
    SiloCatalogue catalogue,
    IntakeLimits limits,
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    PageTokens tokens
) : V1.ObservationService.ObservationServiceBase
{
    public override async Task<V1.RecordObservationResponse> RecordObservation(
        V1.RecordObservationRequest request,
        ServerCallContext context
    )
    {
        if (request.Observation is not { } observation)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "observation", "There is no observation. Send one.");
        }

        var answer = await intake
            .RecordAsync([observation], request.Backfill, request.ValidateOnly, CallerCountries.Of(context))
            .WaitAsync(context.CancellationToken);
        if (answer.Problems.Count > 0)
        {
            throw SingleObservationFault.Of(answer.Problems, answer.Outcomes[0]);
        }

        return new()
        {
            ObservationId = observation.ObservationId,
            Outcome = answer.Outcomes[0],
            Revision = answer.Revisions is [var revision] ? revision.Revision : 0,
            Current = answer.Outcomes[0] is V1.Outcome.Recorded or V1.Outcome.Duplicate && answer.NotCurrent.Count == 0,
            Late = answer.Late.Count > 0,
        };
    }

    public override async Task<V1.RecordObservationsResponse> RecordObservations(
        V1.RecordObservationsRequest request,
        ServerCallContext context
    )
    {
        var answer = await intake
            .RecordAsync(request.Observations, request.Backfill, request.ValidateOnly, CallerCountries.Of(context))
            .WaitAsync(context.CancellationToken);
        return new()
        {
            Outcomes = { answer.Outcomes },
            Problems = { answer.Problems },
            Revisions = { answer.Revisions },
            NotCurrent = { answer.NotCurrent },
            Late = { answer.Late },
        };
    }

    public override Task StreamObservations(
        IAsyncStreamReader<V1.StreamObservationsRequest> requestStream,
        IServerStreamWriter<V1.StreamObservationsResponse> responseStream,
        ServerCallContext context
    ) =>
        new ObservationStream(intake, limits, CallerCountries.Of(context), requestStream, responseStream).RunAsync(
            lifetime.ApplicationStopping,
            context.CancellationToken
        );

    public override async Task<V1.ListObservationsResponse> ListObservations(V1.ListObservationsRequest request, ServerCallContext context)
    {
        if (!intake.Countries.TryGet(request.Country, out var country))
        {
            throw Fault.Field(
                V1.ErrorReason.UnknownCountry,
                "country",
                "Say which country, by its ISO 3166-1 alpha-3 code in capitals; ListCountries has them.",
                StatusCode.InvalidArgument,
                ("country", request.Country)
            );
        }

        ObservationFilters.Check(request, catalogue.State, time.GetUtcNow());
        var skip = (int)Math.Min(tokens.Decode(request, "page_token", request.PageToken), int.MaxValue / 2);
        var take = PageTokens.Size(request.PageSize, 100, 1_000);

        // One more than asked for, to know whether there is a further page.
        var grain = grains.GetGrain<ICountryGrain>(country.Code);
        var found = await grain.ListObservationsAsync(new(request, skip, take + 1)).WaitAsync(context.CancellationToken);
        if (found.Count == 0)
        {
            await ObservationFilters.CheckRecordedAsync(request, grain, context.CancellationToken);
        }

        var fit = PageFit.Count(found, take);
        return new() { Observations = { found.Take(fit) }, NextPageToken = found.Count > fit ? tokens.Encode(request, skip + fit) : "" };
    }

    public override Task<V1.ListSourcesResponse> ListSources(V1.ListSourcesRequest request, ServerCallContext context)
    {
        var all = intake
            .Sources.OrderBy(one => one.Value)
            .ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new V1.ObservationSource { Name = one.Key, RecordTime = one.Value.ToTimestamp() });
        var page = Page.Of(tokens, request, request.PageToken, request.PageSize, 500, 1_000, all);
        return Task.FromResult(new V1.ListSourcesResponse { Sources = { page.Items }, NextPageToken = page.NextToken });
    }
}

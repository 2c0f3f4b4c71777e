using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Rankings;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Revisions;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EarlyWarning.Risk.Api;

/// <summary>Serves risks.</summary>
internal sealed partial class RiskApi(
    IGrainFactory grains,
    ICatalogue catalogue,
    PageTokens tokens,
    Suite suite,
    TimeProvider time,
    IHostApplicationLifetime lifetime
) : V1.RiskService.RiskServiceBase
{
    private readonly Catalogue.States.Countries _countries = Catalogue.States.Countries.For(suite.Exercise);
    private readonly MinimumRevisions _minima = new(
        country => Catalogue.States.Countries.For(suite.Exercise).TryGet(country, out _),
        (country, revision, patience) => grains.GetGrain<ICountryGrain>(country).ReachAsync(revision, patience)
    );

    public override async Task<V1.GetCountryRiskResponse> GetCountryRisk(V1.GetCountryRiskRequest request, ServerCallContext context)
    {
        var (framework, country) = Parse(request.Name);
        var query = new RiskQuery(framework, RequestFilters.Time("at", request.At), RequestFilters.AsOf(request.AsOf, time.GetUtcNow()));
        CheckStands(framework, query.AsOf);
        var grain = grains.GetGrain<ICountryGrain>(country);
        await ReachedAsync(country, request.MinimumRevision, context);
        return new() { Risk = await grain.GetRiskAsync(query).WaitAsync(context.CancellationToken) ?? throw Fault.NotFound(request.Name) };
    }

    public override async Task<V1.RankCountriesResponse> RankCountries(V1.RankCountriesRequest request, ServerCallContext context)
    {
        var framework = ParseParent(request.Parent);
        RequestFilters.Countries(request.Countries, IsKnown);
        CheckAsked(request);
        var (at, asOf) = (RequestFilters.Time("at", request.At), RequestFilters.AsOf(request.AsOf, time.GetUtcNow()));
        CheckStands(framework, asOf);
        var skip = (int)Math.Min(tokens.Decode(request, "page_token", request.PageToken), int.MaxValue);
        var size = PageTokens.Size(request.PageSize, 300, 300);
        await _minima.ReachedAsync(request.MinimumRevisions, context);
        var revision = catalogue.Current.Revision;
        var (risks, unreached) = await PresentRanking.RankAsync(
            grains,
            new(framework, at, asOf),
            request.Countries,
            context.CancellationToken
        );
        var page = risks.Skip(skip).Take(size).ToList();
        var ranked = risks.Count(RankOrder.IsRanked);
        return new()
        {
            Risks = { page.Where(RankOrder.IsRanked) },
            Insufficient = { page.Where(risk => !RankOrder.IsRanked(risk)) },
            RankedCount = ranked,
            InsufficientCount = risks.Count - ranked,
            NextPageToken = risks.Count > skip + size ? tokens.Encode(request, skip + size) : "",
            CatalogueRevision = revision,
            Unreached = { unreached },
        };
    }

    public override async Task<V1.ListRiskHistoryResponse> ListRiskHistory(V1.ListRiskHistoryRequest request, ServerCallContext context)
    {
        var (framework, country) = Parse(request.Name);
        var skip = (int)Math.Min(tokens.Decode(request, "page_token", request.PageToken), int.MaxValue / 2);
        var size = PageTokens.Size(request.PageSize, 100, 1_000);
        var (from, before) = RequestFilters.Range("from", request.From, "before", request.Before);
        await ReachedAsync(country, request.MinimumRevision, context);
        var revision = catalogue.Current.Revision;
        var changes = await grains
            .GetGrain<ICountryGrain>(country)
            .HistoryAsync(framework, from, before, skip, size + 1)
            .WaitAsync(context.CancellationToken);
        return new()
        {
            Changes = { changes.Take(size) },
            NextPageToken = changes.Count > size ? tokens.Encode(request, skip + size) : "",
            CatalogueRevision = revision,
        };
    }

    public override async Task<V1.ExplainCountryRiskResponse> ExplainCountryRisk(
        V1.ExplainCountryRiskRequest request,
        ServerCallContext context
    )
    {
        var (framework, country) = Parse(request.Name);
        var query = new RiskQuery(
            framework,
            RequestFilters.Time("at", request.At),
            RequestFilters.AsOf(request.AsOf, time.GetUtcNow()),
            Since: RequestFilters.Time("since", request.Since)
        );
        CheckStands(framework, query.AsOf);
        await ReachedAsync(country, request.MinimumRevision, context);
        return await grains.GetGrain<ICountryGrain>(country).ExplainAsync(query).WaitAsync(context.CancellationToken)
            ?? throw Fault.NotFound(request.Name);
    }

    public override Task<V1.ListCountriesResponse> ListCountries(V1.ListCountriesRequest request, ServerCallContext context)
    {
        RequestFilters.Countries(request.Countries, IsKnown);
        var skip = (int)Math.Min(tokens.Decode(request, "page_token", request.PageToken), int.MaxValue);
        var size = PageTokens.Size(request.PageSize, 1_000, 1_000);
        var known = _countries.List.Where(country => request.Countries.Count == 0 || request.Countries.Contains(country.Code)).ToList();
        return Task.FromResult(
            new V1.ListCountriesResponse
            {
                Countries = { known.Skip(skip).Take(size).Select(CountryMessages.Of) },
                NextPageToken = known.Count > skip + size ? tokens.Encode(request, skip + size) : "",
            }
        );
    }

    private bool IsKnown(string country) => _countries.TryGet(country, out _);

    // How far a country has come is not for an answer about others.
    private static void CheckAsked(V1.RankCountriesRequest request)
    {
        for (var i = 0; request.Countries.Count > 0 && i < request.MinimumRevisions.Count; i++)
        {
            if (!request.Countries.Contains(request.MinimumRevisions[i].Country))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"minimum_revisions[{i}].country",
                    "The country is none of those that are asked for. Leave its revision out, or add it to 'countries'."
                );
            }
        }
    }

    private async Task ReachedAsync(string country, long revision, ServerCallContext context)
    {
        if (revision > 0)
        {
            await _minima.ReachedAsync([new() { Country = country, Revision = revision }], context);
        }
    }

    private (string Framework, string Country) Parse(string name)
    {
        if (name.Split('/') is not ["frameworks", { Length: > 0 } framework, "risks", { Length: > 0 } country])
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "name", "The name must be frameworks/{id}/risks/{AAA}.");
        }

        return IsFramework(framework) && _countries.TryGet(country, out _) ? (framework, country) : throw Fault.NotFound(name);
    }

    private string ParseParent(string parent)
    {
        if (parent.Split('/') is not ["frameworks", { Length: > 0 } framework])
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "parent", "The parent must be frameworks/{id}.");
        }

        return IsFramework(framework) ? framework : throw Fault.NotFound(parent);
    }

    private bool IsFramework(string id) => catalogue.Current.HasOrHad(ResourceForm.Frameworks + id);

    // The past of a retired framework is answered as it was known, but nothing is said under it any more.
    private void CheckStands(string framework, DateTimeOffset? asOf)
    {
        var name = ResourceForm.Frameworks + framework;
        if (catalogue.Current.Retired.TryGetValue(name, out var end) && !(asOf < end.Time))
        {
            throw Fault.Of(
                StatusCode.FailedPrecondition,
                V1.ErrorReason.Retired,
                $"'{name}' was retired on {end.Time:u}, and no country is scored under it since. Give an as_of before that for its past.",
                ("resource", name)
            );
        }
    }
}

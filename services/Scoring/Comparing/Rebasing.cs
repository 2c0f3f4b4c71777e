using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Comparing;

/// <summary>Takes the countries' values of a moment as a framework's new reference set, and says what that changes.</summary>
internal sealed class Rebasing(
    FrameworkResolver choices,
    CountryChoice countries,
    CountryValuesReader reader,
    CatalogueWriting writing,
    ComputationGate gate,
    TimeProvider time
)
{
    private const int FewestCountries = 3;
    private const int LongestDescription = 2_000;

    /// <summary>
    /// Rebases. The version is made of the one that was compared: where another one has become active meanwhile, it is refused.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="mark">Its mark; empty where it has no id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<V1.RebaseFrameworkResponse> RebaseAsync(
        V1.RebaseFrameworkRequest request,
        string mark,
        CancellationToken cancellationToken
    )
    {
        var before = choices.Named(request.Name, "name");
        if (request.Name != FrameworkNames.Framework(before.Id))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "name",
                "A new version follows the active one: the name must be frameworks/{id}."
            );
        }

        if (request.Etag.Length > 0 && request.Etag != before.Definition.Etag)
        {
            throw Fault.Stale("etag", request.Name, before.Definition.Etag);
        }

        if (before.Definition.Composite is not { } composite)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "name", "A regression has no reference set. Name a composite framework.");
        }

        if (request.Description.Length > LongestDescription)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "description", $"A description has at most {LongestDescription} characters.");
        }

        var revision = choices.Revision;
        var moment = Moment.Of(request.At);
        var inputs = new FrameworkInputs(before.Compiled);
        var named = countries.Named(request.Countries, "countries");
        var rows = await reader.ReadAsync(named, inputs.Wanted, moment, cancellationToken);
        if (rows.Count < FewestCountries)
        {
            throw Fault.Of(
                Grpc.Core.StatusCode.FailedPrecondition,
                V1.ErrorReason.InsufficientData,
                $"Only {rows.Count} countries have data then, which are no reference set. Take another moment."
            );
        }

        var definition = before.Definition.Clone();
        definition.Name = FrameworkNames.Framework(before.Id);
        definition.Composite.ReferenceSet = SetOf(
            before,
            inputs,
            rows,
            composite.ReferenceSet,
            request.Description,
            moment.At ?? time.GetUtcNow()
        );
        var after = await gate.RunAsync(() => FrameworkResolver.With(before, definition, "framework"), cancellationToken);
        var everybody = named.Count > 0 ? await reader.ReadAsync([], inputs.Wanted, moment, cancellationToken) : rows;
        var both = new FrameworkInputs(before.Compiled, after.Compiled);
        var difference = await gate.RunAsync(
            () => FrameworkComparing.Difference(before, after, both, everybody, null, cancellationToken),
            cancellationToken
        );
        using var key = new ContentKey("rebase").Add(before.Content).Add(definition).Add(everybody);
        var draft = new V1.RebaseFrameworkResponse
        {
            Difference = difference,
            Computation = new()
            {
                Framework = before.Name,
                Key = key.Finish(),
                CountryCount = rows.Count,
                CatalogueRevision = revision,
            },
        };
        return await writing.CreateAsync(definition, draft, mark, request.ValidateOnly, cancellationToken);
    }

    /// <summary>The countries in the order of their codes; groups are those of the set before.</summary>
    private static V1.ReferenceSet SetOf(
        ChosenFramework framework,
        FrameworkInputs inputs,
        IReadOnlyList<CountryRow> rows,
        V1.ReferenceSet? before,
        string description,
        DateTimeOffset at
    )
    {
        var groups = (before?.Units ?? [])
            .DistinctBy(unit => unit.Code)
            .ToDictionary(unit => unit.Code, unit => unit.Groups, StringComparer.Ordinal);
        var set = new V1.ReferenceSet { Description = description, At = Timestamp.FromDateTimeOffset(at) };
        CountryRow[] ordered = [.. rows.OrderBy(row => row.Country, StringComparer.Ordinal)];
        foreach (var row in ordered)
        {
            var unit = new V1.ReferenceUnit { Code = row.Country };
            if (groups.TryGetValue(row.Country, out var known))
            {
                unit.Groups.Add(known);
            }

            set.Units.Add(unit);
        }

        var values = ordered.Select(row => inputs.Values(framework.Compiled, row)).ToArray();
        foreach (var leaf in framework.Compiled.Leaves)
        {
            set.Columns.Add(new V1.ReferenceColumn { Indicator = leaf.Indicator, Values = { values.Select(of => of[leaf.Index]) } });
        }

        return set;
    }
}

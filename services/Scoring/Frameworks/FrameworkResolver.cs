using System.Globalization;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>Finds the framework that a request names, or compiles the one that it brings along.</summary>
internal sealed class FrameworkResolver(ICatalogue catalogue, FrameworkVersionCache versions)
{
    private const string AdHocId = "ad-hoc";
    private const string AdHocName = "Ad hoc";

    /// <summary>Gets the revision of the catalogue that frameworks are found in.</summary>
    public long Revision => catalogue.Current.Revision;

    /// <summary>Gets the framework of a choice.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="field">The field that it stands in.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT with the path of each fault; NOT_FOUND for an unknown name.</exception>
    public ChosenFramework Of(V1.FrameworkChoice? choice, string field)
    {
        switch (choice?.SourceCase ?? V1.FrameworkChoice.SourceOneofCase.None)
        {
            case V1.FrameworkChoice.SourceOneofCase.Name:
                if (choice!.Indicators.Count > 0)
                {
                    throw Fault.Field(
                        V1.ErrorReason.InvalidField,
                        $"{field}.indicators",
                        "Only a definition brings indicators along. Leave them out."
                    );
                }

                return Named(choice.Name, $"{field}.name");
            case V1.FrameworkChoice.SourceOneofCase.Definition:
                return Defined(choice!, field);
            default:
                throw Fault.Field(V1.ErrorReason.InvalidField, field, "There is no framework. Give a name or a definition.");
        }
    }

    /// <summary>Gets a framework by <c>frameworks/{id}</c>, the active version, or <c>frameworks/{id}/versions/{n}</c>.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT or NOT_FOUND.</exception>
    public ChosenFramework Named(string name, string field)
    {
        var found = name.Split('/') switch
        {
            ["frameworks", { Length: > 0 } id] => versions.Active(id),
            ["frameworks", { Length: > 0 } id, "versions", var number]
                when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => versions.Find(id, version),
            _ => throw Fault.Field(V1.ErrorReason.InvalidField, field, "The name must be frameworks/{id} or frameworks/{id}/versions/{n}."),
        };
        return found is null
            ? throw NotThere(name)
            : new(found.Id, found.Version, found.Definition, found.Compiled, catalogue.Current.Indicators.GetValueOrDefault);
    }

    /// <summary>Gets framework and country of <c>frameworks/{id}/risks/{AAA}</c>.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT or NOT_FOUND.</exception>
    public (ChosenFramework Framework, string Country) Risk(string name, string field, CountryChoice countries)
    {
        if (name.Split('/') is not ["frameworks", { Length: > 0 } id, "risks", { Length: > 0 } country])
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, "The name must be frameworks/{id}/risks/{AAA}.");
        }

        return Active(id) is { } framework && countries.Knows(country) ? (framework, country) : throw NotThere(name);
    }

    /// <summary>Makes the error of a framework that does not stand, or of what is under it: it never did, or it was retired.</summary>
    public RpcException NotThere(string name) =>
        name.Split('/') is ["frameworks", var id, ..] && catalogue.Current.Retired.TryGetValue(FrameworkNames.Framework(id), out var end)
            ? Fault.Of(
                StatusCode.FailedPrecondition,
                V1.ErrorReason.Retired,
                $"'{FrameworkNames.Framework(id)}' was retired on {end.Time:u}. "
                    + "Name one of its versions, where a version is taken, or another framework.",
                ("resource", FrameworkNames.Framework(id))
            )
            : Fault.NotFound(name);

    /// <summary>Gets the active version of a framework by its id, or <see langword="null"/>.</summary>
    public ChosenFramework? Active(string id) =>
        versions.Active(id) is { } active
            ? new(active.Id, active.Version, active.Definition, active.Compiled, catalogue.Current.Indicators.GetValueOrDefault)
            : null;

    /// <summary>Gets the same framework with another definition, such as one with another reference set.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with the path of each fault.</exception>
    public static ChosenFramework With(ChosenFramework framework, V1.Framework definition, string field) =>
        new(framework.Id, 0, definition, Compile(definition, framework.Indicators, field), framework.Indicators);

    private ChosenFramework Defined(V1.FrameworkChoice choice, string field)
    {
        var definition = choice.Definition.Clone();
        definition.Name = definition.Name.Length > 0 ? definition.Name : FrameworkNames.Framework(AdHocId);
        definition.DisplayName = definition.DisplayName.Length > 0 ? definition.DisplayName : AdHocName;
        var known = catalogue.Current.Indicators;
        var brought = Brought(choice.Indicators, $"{field}.indicators");
        V1.Indicator? Find(string code) => known.GetValueOrDefault(code) ?? brought.GetValueOrDefault(code);
        var compiled = Compile(definition, Find, $"{field}.definition");
        return new(ResourceForm.FrameworkIdOf(definition.Name), 0, definition, compiled, Find);
    }

    private static CompiledFramework Compile(V1.Framework definition, Func<string, V1.Indicator?> indicators, string field)
    {
        if (FrameworkModels.TryCompile(definition, 1, indicators, out var compiled, out var faults))
        {
            return compiled;
        }

        var first = faults[0];
        throw Fault.Fields(
            first.Reason,
            faults.Count == 1 ? first.Message : $"{first.Message} And {faults.Count - 1} more: see the field violations.",
            faults.Select(fault => (Path(fault.Field, field), fault.Message))
        );
    }

    /// <summary>The catalogue's paths start at a framework of its own request.</summary>
    private static string Path(string path, string field) =>
        path.StartsWith("framework", StringComparison.Ordinal) ? field + path["framework".Length..] : path;

    private static Dictionary<string, V1.Indicator> Brought(IEnumerable<V1.Indicator> indicators, string field)
    {
        var brought = new Dictionary<string, V1.Indicator>(StringComparer.Ordinal);
        foreach (var indicator in indicators)
        {
            var path = $"{field}[{brought.Count}]";
            if (!ResourceForm.IsCode(indicator.Code))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"{path}.code",
                    $"'{indicator.Code}' is no code. Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter first."
                );
            }

            if (indicator is { HasMinimum: true, HasMaximum: true } && !(indicator.Minimum < indicator.Maximum))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"{path}.maximum", "The maximum must be above the minimum.");
            }

            if (!brought.TryAdd(indicator.Code, indicator))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"{path}.code", $"'{indicator.Code}' is there twice. Leave one out.");
            }
        }

        return brought;
    }
}

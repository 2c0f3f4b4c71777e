using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Indicators.Catalogue;
using EarlyWarning.Store.Faults;
using EarlyWarning.Yaml;

namespace EarlyWarning.Indicators.Loading;

/// <summary>Brings one file into the catalogue.</summary>
/// <param name="file">The file.</param>
/// <param name="catalogue">The catalogue as this process sees it.</param>
/// <param name="grain">The catalogue's writer.</param>
/// <param name="validateOnly">Checks and changes nothing.</param>
internal sealed class FileLoading(FrameworkFile file, SiloCatalogue catalogue, ICatalogueGrain grain, bool validateOnly = false)
{
    private readonly List<string> _newThresholds = [];
    private readonly List<string> _retired = [];
    private readonly List<string> _unchecked = [];

    /// <summary>Gets a value indicating whether the catalogue had the framework as it is in the file.</summary>
    public bool FrameworkKnown { get; private set; }

    /// <summary>Gets the codes of indicators that were, or would be, created.</summary>
    public IReadOnlyList<string> NewIndicators { get; private set; } = [];

    /// <summary>Gets the names of thresholds that were, or would be, created.</summary>
    public IReadOnlyList<string> NewThresholds => _newThresholds;

    /// <summary>Gets the names of thresholds that were retired, which a file does not bring back.</summary>
    public IReadOnlyList<string> RetiredThresholds => _retired;

    /// <summary>Gets the names of thresholds that watch a framework that is only checked, so that they can be read and no more.</summary>
    public IReadOnlyList<string> UncheckedThresholds => _unchecked;

    /// <summary>Loads what is new in the file.</summary>
    /// <returns>What the catalogue refused, each with its place in the file.</returns>
    /// <exception cref="StoreUnavailableException">The catalogue cannot be written now; to be done again.</exception>
    public async Task<IReadOnlyList<FileFault>> RunAsync(CancellationToken cancellationToken)
    {
        await catalogue.RefreshAsync(cancellationToken);
        var faults = new List<FileFault>();
        var indicators = file.Indicators.Select(AsKnown).ToList();
        NewIndicators = [.. indicators.Select(indicator => indicator.Code).Where(code => !catalogue.State.Indicators.ContainsKey(code))];
        FrameworkKnown = file.Framework is { } given && IsLoaded(given);
        if (file.Framework is { } framework)
        {
            if (!FrameworkKnown)
            {
                Collect(await grain.CreateFrameworkAsync(framework, indicators, validateOnly).WaitAsync(cancellationToken), "", faults);
            }
        }
        else if (indicators.Count > 0)
        {
            Collect(await grain.CreateIndicatorsAsync(indicators, validateOnly).WaitAsync(cancellationToken), "", faults);
        }

        for (var i = 0; faults.Count == 0 && i < file.Thresholds.Count; i++)
        {
            var id = ResourceForm.IdOf(file.Thresholds[i].Name, ResourceForm.Thresholds)!;
            if (catalogue.State.RetiredThresholds.ContainsKey(id))
            {
                _retired.Add(file.Thresholds[i].Name);
            }
            else if (validateOnly && !FrameworkKnown && file.Thresholds[i].Framework == file.Framework?.Name)
            {
                _unchecked.Add(file.Thresholds[i].Name);
            }
            else if (!catalogue.State.Thresholds.ContainsKey(id))
            {
                _newThresholds.Add(file.Thresholds[i].Name);
                Collect(
                    await grain.CreateThresholdAsync(file.Thresholds[i], validateOnly).WaitAsync(cancellationToken),
                    $"thresholds[{i}]",
                    faults
                );
            }
        }

        await catalogue.RefreshAsync(cancellationToken);
        return faults;
    }

    // A text of an indicator may be put better in a later file; what it measures may not change, and the catalogue sees to that.
    private V1.Indicator AsKnown(V1.Indicator given)
    {
        if (catalogue.State.Indicators.GetValueOrDefault(given.Code) is not { } known)
        {
            return given;
        }

        var same =
            given.Unit == known.Unit
            && given.HasMinimum == known.HasMinimum
            && given.Minimum == known.Minimum
            && given.HasMaximum == known.HasMaximum
            && given.Maximum == known.Maximum;
        return same ? known : given;
    }

    // Any version, not only the active one: somebody who made a later version over the API keeps it over a restart.
    private bool IsLoaded(V1.Framework framework)
    {
        var plain = CatalogueDecisions.Plain(framework);
        return catalogue.State.Frameworks.TryGetValue(ResourceForm.FrameworkIdOf(framework.Name), out var versions)
            && versions.Exists(version => CatalogueDecisions.Plain(version.Definition).Equals(plain));
    }

    private void Collect(CatalogueChange change, string threshold, List<FileFault> faults)
    {
        foreach (var fault in change.Faults)
        {
            if (fault.Reason == V1.ErrorReason.StoreUnavailable)
            {
                throw new StoreUnavailableException(fault.Message);
            }

            var field = threshold.Length > 0 ? fault.Field.Replace("threshold", threshold, StringComparison.Ordinal) : fault.Field;
            var place = file.Places.Find(field);
            faults.Add(new(place.Path.Length > 0 ? place : place with { Path = field }, fault.Message));
        }
    }
}

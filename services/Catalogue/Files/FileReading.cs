namespace EarlyWarning.Catalogue.Files;

/// <summary>What is found while a file, with those that it includes, is read.</summary>
internal sealed class FileReading(string file)
{
    private readonly List<FileFault> _faults = [];

    /// <summary>Gets the place of each field read.</summary>
    public Places Places { get; } = new(new(file, 1, ""));

    /// <summary>Gets the indicators that the file defines, by code.</summary>
    public Dictionary<string, V1.Indicator> Indicators { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a fault.</summary>
    public void Add(Place place, string message) => _faults.Add(new(place.File, place.Line, place.Path, message));

    /// <summary>Throws where there are faults.</summary>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new FrameworkFileException(_faults);
        }
    }
}

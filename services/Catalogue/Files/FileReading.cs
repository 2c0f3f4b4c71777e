using YamlDotNet.Core;

namespace EarlyWarning.Catalogue.Files;

/// <summary>What is found while a file, with those that it includes, is read.</summary>
/// <param name="file">The file, as the user knows it.</param>
public sealed class FileReading(string file)
{
    private readonly List<FileFault> _faults = [];

    /// <summary>Gets the place of each field read.</summary>
    public Places Places { get; } = new(new(file, 1, ""));

    /// <summary>Gets the indicators that the file defines, by code.</summary>
    internal Dictionary<string, V1.Indicator> Indicators { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a file of one YAML document; <see langword="null"/> and a fault where it is none.</summary>
    /// <param name="text">What is in it.</param>
    /// <param name="shown">The file, as the user knows it.</param>
    public YamlMap? Load(TextReader text, string shown)
    {
        try
        {
            var stream = BoundedYaml.Load(text);
            if (stream.Documents.Count == 1)
            {
                return YamlMap.Of(stream.Documents[0].RootNode, shown, "", this);
            }

            Add(new(shown, 1, ""), $"The file holds {stream.Documents.Count} documents and must hold one.");
        }
        catch (YamlException exception)
        {
            Add(new(shown, exception.Start.Line, ""), $"This is not YAML: {exception.InnerException?.Message ?? exception.Message}");
        }

        return null;
    }

    /// <summary>Adds a fault.</summary>
    public void Add(Place place, string message)
    {
        ArgumentNullException.ThrowIfNull(place);
        _faults.Add(new(place.File, place.Line, place.Path, message));
    }

    /// <summary>Throws where there are faults.</summary>
    /// <exception cref="FrameworkFileException">There are.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new FrameworkFileException(_faults);
        }
    }
}

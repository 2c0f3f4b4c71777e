using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace EarlyWarning.Yaml;

/// <summary>What is found while a file, with those that it includes, is read. Faults are collected, so that all are told at once.</summary>
/// <param name="file">The file, as the user knows it.</param>
public sealed partial class YamlReading(string file)
{
    private readonly List<FileFault> _faults = [];

    /// <summary>Gets the place of each field read.</summary>
    public Places Places { get; } = new(Place.Whole(file));

    /// <summary>Gets the faults found so far.</summary>
    public IReadOnlyList<FileFault> Faults => _faults;

    /// <summary>Reads a file that is one mapping by a form of its own.</summary>
    /// <param name="text">What is in it.</param>
    /// <param name="file">The file, as the user knows it.</param>
    /// <param name="read">Makes of its top what it stands for, and says to the reading what is wrong.</param>
    /// <exception cref="FaultyFileException">It has faults.</exception>
    public static T Read<T>(string text, string file, Func<YamlMap, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        YamlReading reading = new(file);
        var made = reading.Load(new StringReader(text), file) is { } top ? read(top) : null;
        reading.ThrowIfAny();
        return made!;
    }

    /// <summary>Loads a file of one document; <see langword="null"/> and a fault where it is none, or no mapping.</summary>
    public YamlMap? Load(TextReader text, string shown)
    {
        var documents = LoadAll(text, shown);
        if (documents is [var only])
        {
            return only.Map();
        }

        if (documents is not null)
        {
            Add(
                Place.Whole(shown),
                documents.Count == 0
                    ? "The file has nothing in it. Write its keys, or take it away."
                    : $"The file holds {documents.Count} documents and must hold one. Take the lines of --- out."
            );
        }

        return null;
    }

    /// <summary>Loads a file's documents; <see langword="null"/> and a fault where it is not YAML.</summary>
    public IReadOnlyList<YamlValue>? LoadAll(TextReader text, string shown)
    {
        try
        {
            return [.. BoundedYaml.Load(text).Documents.Select(document => new YamlValue(document.RootNode, shown, "", this))];
        }
        catch (YamlException exception)
        {
            // What it quotes from the file may be a secret.
            var message = Quoted().Replace(exception.InnerException?.Message ?? exception.Message, "'…'");
            Add(new Place(shown, (int)exception.Start.Line, (int)exception.Start.Column, ""), $"This is not YAML: {message}");
            return null;
        }
    }

    /// <summary>Adds a fault.</summary>
    public void Add(Place place, string message) => _faults.Add(new(place, message));

    /// <summary>Adds a fault at the place of a field.</summary>
    public void Add(string field, string message) => Add(Places.Find(field), message);

    /// <summary>Throws where there are faults.</summary>
    /// <exception cref="FaultyFileException">There are.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new FaultyFileException(_faults);
        }
    }

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}

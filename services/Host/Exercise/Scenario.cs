using System.ComponentModel.DataAnnotations;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Host.Exercise;

/// <summary>What an exercise plays, read from a file that a person can write.</summary>
public sealed record Scenario : IValidatableObject
{
    /// <summary>The exercise's name.</summary>
    public required string Title { get; init; }

    /// <summary>Makes the drift the same at each run.</summary>
    public required int Seed { get; init; }

    /// <summary>The frameworks whose indicators are observed; the story is told by the first.</summary>
    [MinLength(1, ErrorMessage = "Name one or more frameworks.")]
    public required IReadOnlyList<string> Frameworks { get; init; }

    /// <summary>The sources that the observations name, by turns from indicator to indicator.</summary>
    [MinLength(1, ErrorMessage = "Name one or more sources.")]
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The time from one round of observations to the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00", ErrorMessage = "A step is 50ms to 1h.")]
    public required TimeSpan Step { get; init; }

    /// <summary>How many fictional countries take part, from XAA on.</summary>
    [Range(1, 675, ErrorMessage = "1 to 675 countries take part.")]
    public required int Countries { get; init; }

    /// <summary>Where the indicators begin, as shares of the way from least to most risk.</summary>
    public required Range Start { get; init; }

    /// <summary>How the indicators of every country move.</summary>
    public required Drift Drift { get; init; }

    /// <summary>What goes wrong, and where; empty where nothing does.</summary>
    public IReadOnlyList<Deterioration> Deteriorations { get; init; } = [];

    /// <summary>The codes of the countries that take part: XAA to XZZ without XKX, in order.</summary>
    public IEnumerable<string> CountryCodes =>
        Enumerable
            .Range(0, 26 * 26)
            .Select(n => $"X{(char)('A' + (n / 26))}{(char)('A' + (n % 26))}")
            .Where(code => code != "XKX")
            .Take(Countries);

    /// <summary>Reads a scenario.</summary>
    /// <exception cref="FaultyFileException">The file is not there, or is not a scenario; every fault has its line.</exception>
    public static Scenario Read(string path) =>
        File.Exists(path)
            ? YamlReading.Read(File.ReadAllText(path), path, static top => RecordForm.Read<Scenario>(top))
            : throw new FaultyFileException([
                new(Place.Whole(path), "There is no such scenario. Name another one with --scenario, or leave it out."),
            ]);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Start.From > Start.To)
        {
            yield return new("The lower end comes first.", [nameof(Start)]);
        }

        var taking = CountryCodes.ToHashSet(StringComparer.Ordinal);
        foreach (var (i, one) in Deteriorations.Index().Where(one => !taking.Contains(one.Item.Country)))
        {
            yield return new($"{one.Country} is not one of the first {Countries} fictional countries.", [$"deteriorations[{i}].country"]);
        }
    }
}

/// <summary>A range of shares.</summary>
public sealed record Range
{
    /// <summary>Its lower end.</summary>
    [Range(0.0, 1.0, ErrorMessage = "A share is 0 to 1.")]
    public required double From { get; init; }

    /// <summary>Its upper end.</summary>
    [Range(0.0, 1.0, ErrorMessage = "A share is 0 to 1.")]
    public required double To { get; init; }
}

/// <summary>How indicators wander.</summary>
public sealed record Drift
{
    /// <summary>The share of indicators that move in a round.</summary>
    [Range(0.0, 1.0, ErrorMessage = "A share is 0 to 1.")]
    public required double Share { get; init; }

    /// <summary>The most that one moves, as a share of the way between its goalposts.</summary>
    [Range(0.0, 1.0, ErrorMessage = "A share is 0 to 1.")]
    public required double By { get; init; }

    /// <summary>The codes of the nodes or indicators that wander; empty for all.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];
}

/// <summary>A country whose indicators move toward most risk.</summary>
public sealed record Deterioration
{
    /// <summary>The fictional country.</summary>
    public required string Country { get; init; } = "";

    /// <summary>When it begins, from the start.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>How long it takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "36500.00:00:00", ErrorMessage = "It takes 1ms at least.")]
    public required TimeSpan Over { get; init; }

    /// <summary>Where the indicators end, as a share of the way from least to most risk.</summary>
    [Range(0.0, 1.0, ErrorMessage = "A share is 0 to 1.")]
    public required double Toward { get; init; }

    /// <summary>The codes of the nodes or indicators that move; empty for all.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>What the console says when it begins.</summary>
    public required string Say { get; init; }
}

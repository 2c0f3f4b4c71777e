using EarlyWarning.Catalogue.Files;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EarlyWarning.Host.Exercise;

/// <summary>What an exercise plays, read from a file that a person can write.</summary>
public sealed record Scenario
{
    /// <summary>The exercise's name.</summary>
    public required string Title { get; init; }

    /// <summary>Makes the drift the same at each run.</summary>
    public required int Seed { get; init; }

    /// <summary>The frameworks whose indicators are observed; the story is told by the first.</summary>
    public required IList<string> Frameworks { get; init; }

    /// <summary>The sources that the observations name, by turns from indicator to indicator.</summary>
    public required IList<string> Sources { get; init; }

    /// <summary>Seconds from one round of observations to the next.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>How many fictional countries take part, from XAA on.</summary>
    public required int Countries { get; init; }

    /// <summary>Where the indicators begin, as shares of the way from least to most risk.</summary>
    public required Range Start { get; init; }

    /// <summary>How the indicators of every country move.</summary>
    public required Drift Drift { get; init; }

    /// <summary>What goes wrong, and where; empty where nothing does.</summary>
    public IList<Deterioration> Deteriorations { get; init; } = [];

    /// <summary>The codes of the countries that take part: XAA to XZZ without XKX, in order.</summary>
    [YamlIgnore]
    public IEnumerable<string> CountryCodes =>
        Enumerable
            .Range(0, 26 * 26)
            .Select(n => $"X{(char)('A' + (n / 26))}{(char)('A' + (n % 26))}")
            .Where(code => code != "XKX")
            .Take(Countries);

    /// <summary>Reads a scenario.</summary>
    /// <exception cref="InvalidDataException">The file is not a scenario; the message gives file, line and reason.</exception>
    public static Scenario Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"The scenario file {path} is not there. Name another one with --scenario, or leave it out.");
        }

        try
        {
            var text = File.ReadAllText(path);
            _ = BoundedYaml.Load(new StringReader(text));
            var scenario = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .WithEnforceRequiredMembers()
                .WithEnforceNullability()
                .Build()
                .Deserialize<Scenario?>(text)
                ?? throw new InvalidDataException($"{path} is empty.");
            scenario.Check(path);
            return scenario;
        }
        catch (YamlException exception)
        {
            throw new InvalidDataException(
                $"{path}, line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}",
                exception
            );
        }
    }

    private void Check(string path)
    {
        Require(Frameworks.Count > 0 && Frameworks.All(name => name is { Length: > 0 }), "frameworks must name one or more");
        Require(Sources.Count > 0 && Sources.All(name => name is { Length: > 0 }), "sources must name one or more");
        Require(Countries is >= 1 and <= 675, "countries must be 1 to 675");
        Require(StepSeconds is >= 0.05 and <= 3600, "step_seconds must be 0.05 to 3600");
        Require(Start is { From: >= 0, To: <= 1 } && Start.From <= Start.To, "start must lie between 0 and 1, from before to");
        Require(Drift is { Share: >= 0 and <= 1, By: >= 0 and <= 1 }, "drift must lie between 0 and 1");
        Require(!Deteriorations.Contains(null!), "an entry of deteriorations is empty");
        foreach (var deterioration in Deteriorations)
        {
            Require(
                CountryCodes.Contains(deterioration.Country),
                $"{deterioration.Country} is not one of the first {Countries} fictional countries"
            );
            Require(
                deterioration is { AtSeconds: >= 0, OverSeconds: > 0, Toward: >= 0 and <= 1 },
                "a deterioration needs at_seconds, over_seconds and toward"
            );
        }

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                throw new InvalidDataException($"{path}: {fault}.");
            }
        }
    }
}

/// <summary>A range of shares.</summary>
public sealed record Range
{
    /// <summary>Its lower end.</summary>
    public required double From { get; init; }

    /// <summary>Its upper end.</summary>
    public required double To { get; init; }
}

/// <summary>How indicators wander.</summary>
public sealed record Drift
{
    /// <summary>The share of indicators that move in a round.</summary>
    public required double Share { get; init; }

    /// <summary>The most that one moves, as a share of the way between its goalposts.</summary>
    public required double By { get; init; }

    /// <summary>The codes of the nodes or indicators that wander; empty for all.</summary>
    public IList<string> Nodes { get; init; } = [];
}

/// <summary>A country whose indicators move toward most risk.</summary>
public sealed record Deterioration
{
    /// <summary>The fictional country.</summary>
    public required string Country { get; init; }

    /// <summary>When it begins, in seconds from the start.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>How long it takes, in seconds.</summary>
    public required double OverSeconds { get; init; }

    /// <summary>Where the indicators end, as a share of the way from least to most risk.</summary>
    public required double Toward { get; init; }

    /// <summary>The codes of the nodes or indicators that move; empty for all.</summary>
    public IList<string> Nodes { get; init; } = [];

    /// <summary>What the console says when it begins.</summary>
    public required string Say { get; init; }
}

using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EarlyWarning.Catalogue.Tests.Frameworks;

/// <summary>A State as an expert would describe it, with the level and the place among all profiles that the expert expects.</summary>
public sealed class Profile
{
    private static readonly IDeserializer s_yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .Build();
    private static readonly Dictionary<string, Dictionary<string, double>> s_structures = Read<
        Dictionary<string, Dictionary<string, double>>
    >("structures.yaml");

    /// <summary>All profiles by their places; one without a place comes last.</summary>
    public static IReadOnlyList<Profile> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder("Profiles"), "*.yaml")
            .Select(path => Read<Profile>(path))
            .OrderBy(profile => profile.Rank ?? int.MaxValue),
    ];

    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";

    /// <summary>The kind of State that it builds on.</summary>
    public string On { get; set; } = "";

    /// <summary>The level that is expected; <c>none</c> where nobody could say.</summary>
    public string Level { get; set; } = "";

    /// <summary>The place that is expected, from 1 for the gravest; <c>none</c> where it cannot be ranked.</summary>
    public string Place { get; set; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Codes, or the beginnings of codes, of which nothing is known.</summary>
    public List<string> Unknown { get; set; } = [];

    /// <summary>The values that differ from those of its kind of State.</summary>
    public Dictionary<string, double> Values { get; set; } = [];

    /// <summary>The place as a number.</summary>
    public int? Rank => int.TryParse(Place, out var rank) ? rank : null;

    /// <summary>Everything that is named in its favour or against it, by code.</summary>
    public IReadOnlyDictionary<string, double> Named
    {
        get
        {
            var named = new Dictionary<string, double>(s_structures[On]);
            foreach (var (code, value) in Values)
            {
                named[code] = value;
            }

            return named;
        }
    }

    /// <summary>Whether nothing is known of an indicator.</summary>
    public bool IsUnknown(string code) => Unknown.Any(name => code == name || code.StartsWith(name + '.', StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static T Read<T>(string path) => s_yaml.Deserialize<T>(File.ReadAllText(Folder(path)));

    private static string Folder(string path) => Path.Combine(AppContext.BaseDirectory, "Frameworks", path);
}

using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Board.World;

/// <summary>
/// The world as shapes that a page refers to by a State's numeric code: Natural Earth's boundaries at 1:110 million, in the Equal Earth
/// projection. One document, the same for everybody, so that a browser asks for it once and a page says of each country its level alone.
/// Immutable.
/// </summary>
internal sealed class WorldMap
{
    /// <summary>The width of the map, in its own units.</summary>
    public const double Width = 960;

    private const string Antarctica = "010";
    private const double South = -57;

    // Has no numeric code of its own.
    private const string Kosovo = "Kosovo";

    private static readonly Lazy<WorldMap> s_shared = new(() => new());

    private WorldMap()
    {
        using var file = typeof(WorldMap).Assembly.GetManifestResourceStream("World/countries-110m.json")!;
        var shapes = Topology.Read(file, "countries").Shapes.Where(shape => shape.Id != Antarctica).ToList();
        var scale = Width / (2 * EqualEarth.HalfWidth);
        var (top, bottom) = (EqualEarth.Project(0, 84).Y, EqualEarth.Project(0, South).Y);
        Height = Math.Round((top - bottom) * scale);
        StringBuilder svg = new("""<svg xmlns="http://www.w3.org/2000/svg">""");
        foreach (var shape in shapes)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path id="{IdOf(shape)}" d="{Path(shape, scale, top)}"/>""");
        }

        Document = Encoding.UTF8.GetBytes(svg.Append("</svg>").ToString());
        Shapes = shapes.Select(IdOf).ToFrozenSet(StringComparer.Ordinal);
        Version = Convert.ToHexStringLower(SHA256.HashData(Document))[..12];
    }

    /// <summary>Gets the map, made when it is first asked for.</summary>
    public static WorldMap Shared => s_shared.Value;

    /// <summary>Gets the height of the map, in its own units.</summary>
    public double Height { get; }

    /// <summary>Gets the document that has the shapes.</summary>
    public byte[] Document { get; }

    /// <summary>Gets the ids of the shapes: <c>m</c> and a State's numeric code, or <c>x</c> and a name without spaces.</summary>
    public IReadOnlySet<string> Shapes { get; }

    /// <summary>Gets what is another one with each other document.</summary>
    public string Version { get; }

    /// <summary>The id of the shape of a country.</summary>
    /// <param name="code">Its ISO 3166-1 alpha-3 code.</param>
    /// <param name="numeric">Its numeric code; empty for none.</param>
    public static string IdOf(string code, string numeric) => code == "XKX" ? $"x{Kosovo}" : $"m{numeric}";

    private static string IdOf(CountryShape shape) =>
        shape.Id.Length > 0 ? $"m{shape.Id}" : $"x{string.Concat(shape.Name.Where(char.IsLetter))}";

    private static string Path(CountryShape shape, double scale, double top)
    {
        StringBuilder path = new();
        foreach (var ring in shape.Rings)
        {
            var command = 'M';
            foreach (var place in ring)
            {
                var (x, y) = EqualEarth.Project(place.Longitude, place.Latitude);
                path.Append(CultureInfo.InvariantCulture, $"{command}{(x * scale) + (Width / 2):0.#} {(top - y) * scale:0.#}");
                command = 'L';
            }

            path.Append('Z');
        }

        return path.ToString();
    }
}

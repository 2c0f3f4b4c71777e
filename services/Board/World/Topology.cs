using System.Text.Json;

namespace EarlyWarning.Board.World;

/// <summary>The shapes of a TopoJSON file: each a name, a code, and rings of longitude and latitude. Immutable.</summary>
/// <param name="Shapes">The shapes, in the file's order.</param>
internal sealed record Topology(IReadOnlyList<CountryShape> Shapes)
{
    /// <summary>Reads an object of a file whose arcs are quantised.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The object's name.</param>
    public static Topology Read(Stream file, string name)
    {
        using var document = JsonDocument.Parse(file);
        var root = document.RootElement;
        var (scale, move) = (Pair(root.GetProperty("transform"), "scale"), Pair(root.GetProperty("transform"), "translate"));
        var arcs = root.GetProperty("arcs").EnumerateArray().Select(arc => Arc(arc, scale, move)).ToList();
        return new([.. root.GetProperty("objects").GetProperty(name).GetProperty("geometries").EnumerateArray().Select(Read)]);

        CountryShape Read(JsonElement geometry)
        {
            var places = geometry.GetProperty("arcs").EnumerateArray();
            var rings = geometry.GetProperty("type").GetString() == "Polygon" ? places : places.SelectMany(one => one.EnumerateArray());
            return new(
                geometry.TryGetProperty("id", out var id) ? id.ToString() : "",
                geometry.GetProperty("properties").GetProperty("name").GetString() ?? "",
                [.. rings.Select(ring => Ring(ring, arcs))]
            );
        }
    }

    /// <summary>An arc's points, of which each but the first is stated as the way from the one before.</summary>
    private static GeoPoint[] Arc(JsonElement arc, GeoPoint scale, GeoPoint move)
    {
        var (x, y) = (0.0, 0.0);
        return
        [
            .. arc.EnumerateArray()
                .Select(step =>
                {
                    (x, y) = (x + step[0].GetDouble(), y + step[1].GetDouble());
                    return new GeoPoint((x * scale.Longitude) + move.Longitude, (y * scale.Latitude) + move.Latitude);
                }),
        ];
    }

    /// <summary>A ring is arcs in a row: a number below 0 is the arc of its complement, backwards, and ends meet.</summary>
    private static List<GeoPoint> Ring(JsonElement ring, List<GeoPoint[]> arcs)
    {
        List<GeoPoint> places = [];
        foreach (var number in ring.EnumerateArray().Select(one => one.GetInt32()))
        {
            IEnumerable<GeoPoint> arc = number < 0 ? arcs[~number].AsEnumerable().Reverse() : arcs[number];
            places.AddRange(places.Count == 0 ? arc : arc.Skip(1));
        }

        return places;
    }

    private static GeoPoint Pair(JsonElement of, string name)
    {
        var pair = of.GetProperty(name);
        return new(pair[0].GetDouble(), pair[1].GetDouble());
    }
}

/// <summary>A shape of a map.</summary>
/// <param name="Id">Its code, as the file has it; empty for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rings">Its rings, outer ones and holes alike.</param>
internal sealed record CountryShape(string Id, string Name, IReadOnlyList<IReadOnlyList<GeoPoint>> Rings);

/// <summary>A place on the globe.</summary>
/// <param name="Longitude">In degrees, east positive.</param>
/// <param name="Latitude">In degrees, north positive.</param>
internal readonly record struct GeoPoint(double Longitude, double Latitude);

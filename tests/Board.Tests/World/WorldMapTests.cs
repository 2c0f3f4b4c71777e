using System.Text;
using EarlyWarning.Board.World;

namespace EarlyWarning.Board.Tests.World;

public sealed class WorldMapTests
{
    [Fact]
    public void Projection_OfEqualAreas_HasEqualAreas()
    {
        // A square of ten degrees at the equator, and at 60° one that is as much wider as the parallel is shorter.
        Assert.Equal(Area(0, 10, 10), Area(55, 65, 10 * Math.Sin(10 * Math.PI / 180) / (Sin(65) - Sin(55))), 3);

        static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);
    }

    [Fact]
    public void Projection_OfTheWorld_IsTwiceAsWideAsHighAndABit() =>
        Assert.Equal(2.05458, EqualEarth.HalfWidth / EqualEarth.Project(0, 90).Y, 4);

    [Fact]
    public void Map_OfTheWorld_HasAShapeForEachStateOfItsScale_AndStaysWithinItself()
    {
        var map = WorldMap.Shared;

        Assert.InRange(map.Shapes.Count, 170, 180);
        Assert.Contains(WorldMap.IdOf("KEN", "404"), map.Shapes);
        Assert.Contains(WorldMap.IdOf("XKX", ""), map.Shapes);
        Assert.DoesNotContain("m010", map.Shapes);
        var document = Encoding.UTF8.GetString(map.Document);
        foreach (var point in document.Split('"').Where(part => part.StartsWith('M')).SelectMany(path => path.Split('M', 'L', 'Z')))
        {
            if (point.Length > 0)
            {
                Assert.InRange(
                    double.Parse(point.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture),
                    -1,
                    WorldMap.Width + 1
                );
            }
        }
    }

    /// <summary>The area of a band of latitude, so many degrees wide, by strips.</summary>
    private static double Area(double from, double to, double width)
    {
        const int Strips = 2000;
        var area = 0.0;
        for (var i = 0; i < Strips; i++)
        {
            var (low, high) = (from + ((to - from) * i / Strips), from + ((to - from) * (i + 1) / Strips));
            area += EqualEarth.Project(width, (low + high) / 2).X * (EqualEarth.Project(0, high).Y - EqualEarth.Project(0, low).Y);
        }

        return area;
    }
}

using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <content>Frameworks to construct.</content>
public partial class IndexConstructionTests
{
    private static CompositeFramework Pipeline()
    {
        var course = new SkewDriven { First = new Winsorisation(1) };
        var logs = new SkewDriven { First = new LogTransform(LogForm.ShiftedByOne), Second = new BoxCox(0) };
        Leaf Treated(string code, double weight, Treatment treatment, Direction direction = Direction.Raises) =>
            Leaf(code, weight, new MinMax(), direction) with
            {
                Treatment = treatment,
                Imputation = new CentralValue(CentralStatistic.Mean, "region"),
            };
        var p = Node(
            "p",
            2,
            Treated("a", 1, course) with
            {
                Denominator = new Denominator("people"),
            },
            Treated("b", 3, course, Direction.Lowers)
        );
        var r = Node("r", 1, Treated("c", 1, course), Treated("e", 2, logs), Treated("f", 1, course, Direction.Lowers));
        return Over(_set, [], scaleFloor: 1) with
        {
            Root = Node("index", 1, p with { Aggregation = Aggregation.Geometric }, r with { Aggregation = Aggregation.Geometric }) with
            {
                Aggregation = Aggregation.Harmonic,
            },
        };
    }

    private static Leaf Leaf(string code, double weight, Normalisation normalisation, Direction direction = Direction.Raises) =>
        new()
        {
            Code = code,
            Weight = weight,
            Direction = direction,
            Normalisation = normalisation,
        };

    private static Node Node(string code, double weight, params Element[] children) =>
        Trees.Node(code, new RenormaliseWeights(0) { PresenceFloor = 0.6 }, children) with
        {
            Weight = weight,
        };

    private static IEnumerable<Node> Nodes(Node node) => node.Children.OfType<Node>().SelectMany(Nodes).Append(node);
}

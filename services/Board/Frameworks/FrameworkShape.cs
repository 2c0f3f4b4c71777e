using System.Globalization;
using EarlyWarning.V1;

namespace EarlyWarning.Board.Frameworks;

/// <summary>What is said of a framework before it is read. Pure.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Indicators">How many indicators it reads.</param>
internal sealed record FrameworkShape(string Id, int Version, int Indicators)
{
    public static FrameworkShape Of(Framework framework) =>
        framework.Name.Split('/') is ["frameworks", var id, "versions", var number]
            ? new(id, int.Parse(number, CultureInfo.InvariantCulture), CountOf(framework))
            : new(framework.Name, 0, CountOf(framework));

    private static int CountOf(Framework framework) =>
        framework.ModelCase switch
        {
            Framework.ModelOneofCase.Composite => Leaves(framework.Composite.Root),
            Framework.ModelOneofCase.Logistic => framework.Logistic.Coefficients.Count,
            Framework.ModelOneofCase.Ensemble => framework
                .Ensemble.Members.SelectMany(member => member.Model.Coefficients)
                .Select(term => term.Indicator)
                .Distinct()
                .Count(),
            _ => 0,
        };

    private static int Leaves(Node node) => node.Leaf is null ? node.Children.Sum(Leaves) : 1;
}

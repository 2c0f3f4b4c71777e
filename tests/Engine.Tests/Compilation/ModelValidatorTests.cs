using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Compilation;

/// <summary>Each rule, by the path of the error it gives.</summary>
public partial class ModelValidatorTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0.5);

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Validate_OneThingWrong_NamesItsPathAndAFix(string path, Framework model)
    {
        var error = Assert.Single(ModelValidator.Validate(model));

        Assert.Equal(path, error.Path);
        Assert.NotEmpty(error.Reason);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Validate_SeveralThingsWrong_NamesAllInOrder()
    {
        var model = WithChildren([Leaf("a", -1), Leaf("b", 2, normalisation: new Goalposts(9, 3))]) with { Bands = [new("low", 5)] };

        Assert.Equal(
            ["bands[0].lowerBound", "root.children[0].weight", "root.children[1].normalisation"],
            ModelValidator.Validate(model).Select(error => error.Path)
        );
    }

    [Fact]
    public void Validate_DeepTree_StopsAtTheLimit()
    {
        Element element = Leaf("x");
        for (var level = 0; level < 10_000; level++)
            element = Node($"n{level}", _skip, element);

        Assert.EndsWith(".children", Assert.Single(ModelValidator.Validate(Framework((Node)element))).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_GeometricOnAScaleFromOne_FindsNothing()
    {
        var root = Node("index", _skip, Leaf("a"), Leaf("b")) with { Aggregation = Aggregation.Geometric };

        Assert.Empty(ModelValidator.Validate(Framework(root, scaleFloor: 1)));
    }

    [Fact]
    public void Compile_Invalid_ThrowsWithEveryError()
    {
        var model = WithChildren([Leaf("a", -1), Leaf("a", 3)]);

        var refusal = Assert.Throws<InvalidModelException>(() => CompiledFramework.Compile(model));

        Assert.Equal(2, refusal.Errors.Length);
        Assert.Contains("root.children[0].weight", refusal.Message, StringComparison.Ordinal);
        Assert.False(CompiledFramework.TryCompile(model, out var compiled, out var errors));
        Assert.Null(compiled);
        Assert.Equal(refusal.Errors, errors);
    }

    [Fact]
    public void Validate_PowerAboveZeroOverZero_FindsNothing()
    {
        var root = Node("index", _skip, Leaf("a"), Leaf("b")) with { Aggregation = new GeneralisedMean(2) };

        Assert.Empty(ModelValidator.Validate(Framework(root)));
    }

    [Fact]
    public void Validate_DenominatorSharedAndInTheTree_FindsNothing()
    {
        var validity = TimeSpan.FromDays(30);
        var root = Node(
            "index",
            _skip,
            Leaf("a") with
            {
                Denominator = new("p", 10, validity),
            },
            Leaf("b") with
            {
                Denominator = new("p", 1, validity),
            },
            Leaf("p") with
            {
                Validity = validity,
            }
        );

        Assert.Empty(ModelValidator.Validate(Framework(root)));
    }
}

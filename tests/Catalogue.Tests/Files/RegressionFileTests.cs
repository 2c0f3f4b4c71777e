using EarlyWarning.Catalogue.Files;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Tests.Files;

public sealed class RegressionFileTests
{
    private const string Head = """
        indicators:
          - {code: a, name: A, unit: u, minimum: 0, maximum: 10}
          - {code: b, name: B, unit: u, minimum: 0, maximum: 1}
        framework:
          id: x
          name: X
          bands: [{level: low, from: 0}]

        """;

    private const string Logistic =
        Head
        + """
              logistic:
                intercept: -3
                coefficients:
                  - {indicator: a, coefficient: 0.4, validity: 400d, stated-value: 2}
                  - {indicator: b, coefficient: 0, stated-value: 0.5}
                interactions:
                  - {indicators: [a, b], coefficient: -0.1}
                  - {indicators: [a, a], coefficient: 0.02}
                calibration: {method: platt, slope: 1.1, intercept: 0.2}
            """;

    private const string Ensemble =
        Head
        + """
              ensemble:
                members:
                  - code: first
                    weight: 2
                    intercept: -3
                    coefficients: [{indicator: a, coefficient: 0.4}]
                    interactions: [{indicators: [a, a], coefficient: 0.02}]
                    calibration: {method: isotonic, points: [{probability: 0, frequency: 0.01}, {probability: 0.5, frequency: 0.4}]}
                  - code: second
                    intercept: -2
                    coefficients: [{indicator: b, coefficient: -1}]
                calibration: {method: platt, slope: 0.9, intercept: 0}
            """;

    [Fact]
    public void Read_LogisticWithProductsAndCalibration_IsTheEnginesModel()
    {
        var model = FileSample.Model<LogisticFramework>(Logistic);

        Assert.Equal(-3, model.Intercept);
        Assert.Equal(
            [
                new Predictor("a", 0.4)
                {
                    Default = 2,
                    Range = new(0, 10),
                    Validity = TimeSpan.FromDays(400),
                },
                new Predictor("b", 0) { Default = 0.5, Range = new(0, 1) },
            ],
            model.Predictors
        );
        Assert.Equal(["a*b: -0.1", "a*a: 0.02"], model.Interactions.Select(Shown));
        Assert.Equal(new PlattCalibration(1.1, 0.2), model.Calibration);
        Assert.IsType<HoldDefaults>(model.Missing);
    }

    [Fact]
    public void Read_Ensemble_IsTheEnginesModel()
    {
        var model = FileSample.Model<EnsembleFramework>(Ensemble);

        Assert.Equal(
            [("first", 2.0, -3.0), ("second", 1.0, -2.0)],
            model.Members.Select(member => (member.Code, member.Weight, member.Intercept))
        );
        Assert.Equal([new Predictor("b", -1) { Range = new(0, 1) }], model.Members[1].Predictors);
        Assert.Equal("a*a: 0.02", Shown(Assert.Single(model.Members[0].Interactions)));
        Assert.Equal([new(0, 0.01), new(0.5, 0.4)], Assert.IsType<IsotonicCalibration>(model.Members[0].Calibration).Points);
        Assert.Null(model.Members[1].Calibration);
        Assert.Equal(new PlattCalibration(0.9, 0), model.Calibration);
        Assert.IsType<RefuseIncomplete>(model.Missing);
    }

    [Theory]
    [InlineData(
        "method: platt, slope: 1.1",
        "method: probit, slope: 1.1",
        "framework.logistic.calibration.method",
        "Write platt or isotonic."
    )]
    [InlineData("slope: 1.1, ", "", "framework.logistic.calibration.slope", "'slope' is missing")]
    [InlineData("[a, a], coefficient: 0.02", "[a, a]", "framework.logistic.interactions[1].coefficient", "'coefficient' is missing")]
    [InlineData("[a, a], coefficient", "[a, a], factor", "framework.logistic.interactions[1].factor", "not known here")]
    [InlineData("  logistic:", "  ensemble: {members: []}\n  logistic:", "framework", "Give one of 'tree', 'logistic' and 'ensemble'.")]
    [InlineData("  logistic:", "  scale-floor: 1\n  logistic:", "framework.scale-floor", "not known here")]
    public void Read_Fault_NamesThePath(string right, string wrong, string path, string message)
    {
        Assert.Contains(right, Logistic, StringComparison.Ordinal);
        var text = Logistic.Replace(right, wrong, StringComparison.Ordinal);

        var faults = Assert.Throws<FaultyFileException>(() => FrameworkFileReader.Read(FileSample.Folder(text), "main.yaml")).Faults;

        Assert.Contains(faults, fault => fault.Place.Path == path && fault.Message.Contains(message, StringComparison.Ordinal));
    }

    private static string Shown(Interaction interaction) =>
        FormattableString.Invariant($"{string.Join('*', interaction.Indicators)}: {interaction.Coefficient}");
}

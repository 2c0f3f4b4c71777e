using EarlyWarning.V1;
using EarlyWarning.Yaml.Binding;
using EarlyWarning.Yaml.Contract;

namespace EarlyWarning.Yaml.Tests.Binding;

public sealed class MessageFormsTests
{
    [Fact]
    public void Read_FieldsOfEveryKind_AreTheirKeysWithHyphens()
    {
        var threshold = Read<Threshold>(
            "id: a\nname: A\nframework: f\nabove: 50\nclear: 45.5\nfor: 1h30m\nminimum-sources: 2\ncountries: [KEN, UGA]\n"
                + "severity: warning\ndisabled: true\nreason: None.\n",
            forms => forms.With(Threshold.Descriptor, ThresholdForm.Shape)
        );

        Assert.Equal(("thresholds/a", "A", "frameworks/f"), (threshold.Name, threshold.DisplayName, threshold.Framework));
        Assert.Equal((Condition.Above, 50.0, 45.5), (threshold.Condition, threshold.Value, threshold.ClearingValue));
        Assert.Equal((5_400L, 2, true), (threshold.For.Seconds, threshold.MinimumSources, threshold.Disabled));
        Assert.Equal(["KEN", "UGA"], threshold.Countries);
        Assert.Equal(Severity.Warning, threshold.Severity);
    }

    [Theory]
    [InlineData("rank", Normalisation.MethodOneofCase.Rank)]
    [InlineData("{method: z-score, mean: 5}", Normalisation.MethodOneofCase.ZScore)]
    [InlineData("{method: as-is, own-scale: true}", Normalisation.MethodOneofCase.AsIs)]
    public void Read_OneofOfMethods_IsANameWithWhatItTakes(string text, Normalisation.MethodOneofCase expected) =>
        Assert.Equal(expected, Read<Leaf>($"{{indicator: a, direction: increasing, normalisation: {text}}}").Normalisation.MethodCase);

    [Theory]
    [InlineData("[{from: 0, score: 10}, {from: 3, score: 60}]")]
    [InlineData("{0: 10, 3: 60}")]
    public void Read_ListOfPairs_MayBeAMapping(string steps) =>
        Assert.Equal([(0.0, 10.0), (3.0, 60.0)], Read<CategoricalBands>($"steps: {steps}").Steps.Select(step => (step.From, step.Score)));

    [Theory]
    [InlineData("indicator: a\ndirection: up", "x.yaml:2:12: direction: 'up' is not known as direction. Write increasing or decreasing.")]
    [InlineData(
        "indicator: a\ndirection: incresing",
        "x.yaml:2:12: direction: 'incresing' is not known as direction. Did you mean 'increasing'?"
    )]
    [InlineData("direction: increasing", "x.yaml:1:1: indicator: 'indicator' is missing.")]
    [InlineData("indicator: ''\ndirection: increasing", "x.yaml:1:12: indicator: 'indicator' is missing.")]
    [InlineData(
        "indicator: a\ndirection: increasing\nvaliditiy: 1d",
        "x.yaml:3:1: validitiy: 'validitiy' is not known here. Did you mean 'validity'?"
    )]
    [InlineData("indicator: a\ndirection: increasing\nlow: ~", "x.yaml:3:6: low: 'low' has nothing behind it.")]
    [InlineData("indicator: a\ndirection: increasing\nlow: .inf", "x.yaml:3:6: low: '.inf' is no number.")]
    [InlineData("indicator: a\ndirection: increasing\nvalidity: 60 days", "x.yaml:3:11: validity: '60 days' is no span of time.")]
    [InlineData("indicator: [a]\ndirection: increasing", "x.yaml:1:12: indicator: Here belongs a text.")]
    [InlineData(
        "indicator: a\ndirection: increasing\ntreatment: {method: winsorise, maximum-points: 1.5}",
        "treatment.maximum-points: '1.5' is no whole number here."
    )]
    [InlineData(
        "indicator: a\ndirection: increasing\ntreatment: {method: winsorise, always: yes}",
        "treatment.always: 'yes' is neither true nor false."
    )]
    [InlineData(
        "indicator: a\ndirection: increasing\nnormalisation: {method: rank, mean: 1}",
        "normalisation.mean: 'mean' is not known here."
    )]
    public void Read_Fault_NamesFileLineColumnPathAndCure(string text, string expected)
    {
        var fault = Assert.Single(Assert.Throws<FaultyFileException>(() => Read<Leaf>(text)).Faults);

        Assert.Contains(expected, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_GivesAllOfThem() =>
        Assert.Equal(
            [1, 2, 3, 4],
            Assert
                .Throws<FaultyFileException>(() => Read<Leaf>("indicator: ~\ndirection: up\nlow: a\nhi: 2\n"))
                .Faults.Select(fault => fault.Place.Line)
                .Order()
        );

    [Fact]
    public void Read_Places_AreThoseOfTheContractsFields()
    {
        YamlReading reading = new("x.yaml");
        var map = reading.Load(
            new StringReader("indicator: a\ndirection: increasing\ntreatment:\n  method: log\n  form: shifted\n"),
            "x.yaml"
        );

        new MessageForms().Read<Leaf>(map!, "leaf");

        Assert.Equal((5, "treatment.form"), Of("leaf.treatment.log.form"));
        Assert.Equal((4, "treatment"), Of("leaf.treatment.log.nothing"));

        (int, string) Of(string field) => (reading.Places.Find(field).Line, reading.Places.Find(field).Path);
    }

    private static T Read<T>(string text, Action<MessageForms>? shape = null)
        where T : class, Google.Protobuf.IMessage, new() => YamlReading.Read(text, "x.yaml", top =>
        {
            MessageForms forms = new();
            shape?.Invoke(forms);
            return forms.Read<T>(top, "");
        });
}

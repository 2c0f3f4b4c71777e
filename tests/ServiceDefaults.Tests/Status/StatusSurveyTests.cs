using System.Diagnostics.Metrics;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.ServiceDefaults.Tests.Status;

public sealed class StatusSurveyTests : IDisposable
{
    private static readonly Gauge s_owed = new("earlywarning.test.owed", "{message}", "What is owed.");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Source _path = new("path", Heading.Path);
    private readonly Source _answers = new("answers", Heading.Answers);
    private readonly StatusSurvey _survey;

    public StatusSurveyTests() =>
        _survey = new(
            [_path, _answers],
            TimeProvider.System,
            _services.GetRequiredService<IMeterFactory>(),
            NullLogger<StatusSurvey>.Instance
        );

    public void Dispose()
    {
        _survey.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Gauges_BeforeTheFirstReading_AreAbsent() => Assert.Empty(Gauges());

    [Fact]
    public async Task Read_LinesAndGauges_AreOfOneReading()
    {
        (_path.Owed, _answers.Owed) = (3, 0);

        var lines = await _survey.ReadAsync(CancellationToken.None);

        Assert.Equal([(Heading.Path, "3 owed"), (Heading.Answers, "0 owed")], lines.Select(line => (line.Heading, line.Text)));
        Assert.Equal(3, Gauges()["earlywarning.test.owed path"]);
        Assert.Equal((Health.Failing, Health.Ok), (_survey.Worst(Heading.Path), _survey.Worst(Heading.Answers)));
        Assert.Equal((2, 0), (Gauges()["earlywarning.status.health path"], Gauges()["earlywarning.status.health answers"]));
    }

    [Fact]
    public async Task Read_SourceCannotBeRead_SaysSoAndShowsNoFigureUntilItCan()
    {
        await _survey.ReadAsync(CancellationToken.None);
        _path.Fault = new InvalidOperationException("The store is away.");

        var line = (await _survey.ReadAsync(CancellationToken.None))[0];

        Assert.Equal((Health.Failing, Heading.Path, "Not known: The store is away."), (line.Health, line.Heading, line.Text));
        Assert.NotEmpty(line.Action);
        Assert.DoesNotContain("earlywarning.test.owed path", Gauges().Keys);
        Assert.Equal((0, 1), (Gauges()["earlywarning.status.up path"], Gauges()["earlywarning.status.up answers"]));

        _path.Fault = null;
        Assert.Equal(Health.Ok, (await _survey.ReadAsync(CancellationToken.None))[0].Health);
        Assert.Equal((0, 1), (Gauges()["earlywarning.test.owed path"], Gauges()["earlywarning.status.up path"]));
    }

    [Fact]
    public async Task Read_SourceThatHangs_HoldsUpNoOther()
    {
        _path.Hangs = true;
        var lines = await _survey.ReadAsync(CancellationToken.None);
        Assert.Equal("Not known: It did not answer within 3 s.", lines[0].Text);
        Assert.Equal(Health.Ok, lines[1].Health);
    }

    private Dictionary<string, double> Gauges()
    {
        Dictionary<string, double> values = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Meter.Name == StatusSurvey.MeterName
                    && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>()
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, labels, _) => values.Add($"{instrument.Name} {labels[0].Value}", value)
        );
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }

    private sealed class Source(string name, Heading heading) : IStatusSource
    {
        public int Owed { get; set; }

        public Exception? Fault { get; set; }

        public bool Hangs { get; set; }

        public string Name => name;

        public Heading Heading => heading;

        public IReadOnlyList<Gauge> Gauges => [s_owed];

        public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
        {
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Fault is { } fault
                ? throw fault
                : new(
                    [
                        new()
                        {
                            Subject = name,
                            Health = Owed > 0 ? Health.Failing : Health.Ok,
                            Text = $"{Owed} owed",
                        },
                    ],
                    [s_owed.Is(Owed, ("source", name))]
                );
        }
    }
}

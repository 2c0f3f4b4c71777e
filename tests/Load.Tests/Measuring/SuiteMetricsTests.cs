using EarlyWarning.Driver.Measuring;

namespace EarlyWarning.Load.Tests.Measuring;

public class SuiteMetricsTests
{
    [Fact]
    public void Parse_WithLabelsAndTimes_SumsOverLabels()
    {
        var read = SuiteMetrics.Parse(
            """
            # HELP earlywarning_store_size_bytes What the store takes.
            earlywarning_store_size_bytes{otel_scope_name="a b"} 1024 1767225600000
            earlywarning_risk_journal_appends_total{country="KEN"} 2
            earlywarning_risk_journal_appends_total{country="UGA"} 3.5
            earlywarning_store_size_bytes_other 7
            something_else 1
            """
        );

        Assert.Equal(1024, read[SuiteMetrics.StoreSize]);
        Assert.Equal(5.5, read[SuiteMetrics.Appends]);
        Assert.Equal(2, read.Count);
    }

    [Fact]
    public void Client_IsThisProcessWithoutItsChildren()
    {
        var all = MeasuredProcess.Read($"tests={Environment.ProcessId}")!;

        Assert.True(MeasuredProcess.Client.ProcessorTime() > TimeSpan.Zero);
        Assert.True(MeasuredProcess.Client.ProcessorTime() <= all.ProcessorTime());
    }

    [Fact]
    public void Read_OfThisProcess_KnowsItsTimeAndItsMemory()
    {
        var process = MeasuredProcess.Read($"tests={Environment.ProcessId}");

        Assert.True(process!.Megabytes() > 10);
        Assert.True(process.ProcessorTime() > TimeSpan.Zero);
        Assert.Null(MeasuredProcess.Read("tests=0"));
        Assert.Null(MeasuredProcess.Read("tests"));
    }
}

using EarlyWarning.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Configuration;

namespace EarlyWarning.ServiceDefaults.Tests.Telemetry;

public sealed class OtlpExportTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4317", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://collector:4317", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_METRICS_EXPORTER=none", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_TRACES_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_SDK_DISABLED=true", false, false)]
    public void Of_TheEnvironment_AsksForWhatItsStandardVariablesSay(string environment, bool traces, bool metrics)
    {
        var variables = environment
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('='))
            .ToDictionary(one => one[0], one => (string?)one[1]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(variables).Build();

        Assert.Equal(new OtlpExport(traces, metrics), OtlpExport.Of(configuration));
    }

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("//collector")]
    [InlineData("somewhere")]
    public void Of_AnEndpointThatIsNone_IsRefusedByItsName(string address)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = address })
            .Build();

        var refused = Assert.Throws<InvalidDataException>(() => OtlpExport.Of(configuration));
        Assert.Contains("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is", refused.Message, StringComparison.Ordinal);
        Assert.Contains("http://", refused.Message, StringComparison.Ordinal);
    }
}

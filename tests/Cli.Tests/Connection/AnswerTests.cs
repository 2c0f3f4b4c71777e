using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Connection;

public sealed class AnswerTests
{
    private static readonly Uri s_suite = new("http://127.0.0.1:5051");
    private static readonly ConnectionSettings s_settings = new(
        s_suite,
        TlsTrust.Read(s_suite, null, null, null),
        null,
        null,
        TimeSpan.FromSeconds(30),
        Json: false
    );

    // Whatever stands at an address may answer.
    [Fact]
    public void Failure_OfDetailsThatCannotBeRead_SaysWhatTheStatusSays()
    {
        RpcException error = new(new(StatusCode.Internal, "no way"), new Metadata { { "grpc-status-details-bin", [0x74] } });

        Assert.Contains("no way", Failure.Of(error, s_settings).Message, StringComparison.Ordinal);
        Assert.Null(Failure.ReasonOf(error));
    }

    [Fact]
    public void Complain_OfSignsThatAScreenObeys_ShowsThem()
    {
        StringWriter said = new();

        new Terminal { Out = TextWriter.Null, Error = said }.Complain("a\u001b[31mb\u202Ec");

        Assert.Equal("a\\u001B[31mb\\u202Ec", said.ToString().TrimEnd());
    }
}

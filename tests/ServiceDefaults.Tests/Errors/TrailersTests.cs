using System.Text;
using CsCheck;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Tests.Errors;

/// <summary>An error is taken by every client, however much of the request it speaks of.</summary>
public sealed class TrailersTests
{
    private const int MostBytes = 6 * 1024;

    [Fact]
    public void Fault_AnyMessageAndFields_FitsIntoSixKilobytesOfTrailers()
    {
        var text = Gen.OneOf(
            Gen.String[0, 3_000],
            Gen.Int[0, 3_000].Select(length => new string('€', length)),
            Gen.Int[0, 3_000].Select(length => string.Concat(Enumerable.Repeat("𝛼\n", length))),
            Gen.Int[0, 3_000].Select(length => new string('%', length))
        );
        Gen.Select(text, Gen.Select(text, text).Array[0, 60])
            .Sample(
                (message, violations) => Assert.InRange(SizeOf(Fault.Fields(ErrorReason.InvalidField, message, violations)), 1, MostBytes),
                iter: 300
            );
    }

    [Fact]
    public void Fault_ManyViolations_SaysHowManyMoreThereAre()
    {
        var fault = Fault.Fields(
            ErrorReason.InvalidField,
            "Much is wrong.",
            Enumerable.Range(0, 500).Select(i => ($"items[{i}].value", "Give a value."))
        );

        var shown = fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations;
        Assert.InRange(shown.Count, 10, 100);
        Assert.Equal("items[0].value", shown[0].Field);
        Assert.Equal($"And {500 - (shown.Count - 1)} more.", shown[^1].Description);
    }

    [Fact]
    public void Fault_ShortMessage_IsSentAsItIs()
    {
        var fault = Fault.Field(ErrorReason.InvalidField, "für.größe", "Größe über 100 % – too much.");

        Assert.Equal("Größe über 100 % – too much.", fault.Status.Detail);
        Assert.Equal("für.größe", fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
    }

    [Fact]
    public void Echo_LongTextWithControls_IsCutAndEscaped()
    {
        Assert.Equal(@"a\u001b[31m", Trailers.Echo("a\u001b[31m"));
        Assert.Equal(new string('x', 80) + "…", Trailers.Echo(new string('x', 5_000)));
        Assert.Equal("�b", Trailers.Echo("\ud800b\n", 2)[..2]);
    }

    /// <summary>As HTTP/2 carries them: the message percent-encoded, the details in base64.</summary>
    private static int SizeOf(RpcException fault)
    {
        var message = Encoding.UTF8.GetBytes(fault.Status.Detail).Sum(b => b is >= 0x20 and < 0x7f and not (byte)'%' ? 1 : 3);
        var details = fault
            .Trailers.Where(entry => entry.IsBinary)
            .Sum(entry => ((entry.ValueBytes.Length + 2) / 3 * 4) + entry.Key.Length);
        return message + details + "grpc-messagegrpc-status16".Length;
    }
}

using System.Buffers.Binary;
using System.IO.Hashing;
using EarlyWarning.Scoring.Cache;

namespace EarlyWarning.Scoring.Tests.Cache;

public sealed class KeptResultTests
{
    // Who can write to the shared cache can write this; it costs a computation and no call.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void Read_CostThatIsNoTime_CannotBeRead(double cost)
    {
        var bytes = KeptResult.Of(new V1.Framework { Name = "frameworks/a" }, TimeSpan.FromSeconds(1)).Bytes.ToArray();
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(sizeof(ulong)), cost);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, XxHash3.HashToUInt64(bytes.AsSpan(sizeof(ulong))));

        Assert.Null(KeptResult.From(bytes).Read<V1.Framework>());
    }
}

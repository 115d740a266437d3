using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Local.Scanning;

/// <summary>
/// Has clamd scan bytes with its command <c>INSTREAM</c> (see the manual page clamd(8)). The bytes are sent in pieces, each of which is
/// preceded by its length as four bytes; at the end a length of zero is sent. Only the answer OK means that the bytes are clean. An error,
/// an incomplete answer or no answer leaves a file unscanned.
/// </summary>
internal sealed class Clamd
{
    private const int Piece = 64 * 1024;
    private const int LongestAnswer = 4 * 1024;

    private readonly EndPoint? unixOrAddress;
    private readonly DnsEndPoint? named;
    private readonly TimeSpan patience;

    /// <exception cref="RefusedStartException">The setting is not an address at which clamd can listen.</exception>
    internal Clamd(ClamdOptions options)
    {
        patience = TimeSpan.FromSeconds(options.TimeoutSeconds);
        (unixOrAddress, named) = options.Address switch
        {
            { Scheme: "unix", AbsolutePath.Length: > 1 } path => (new UnixDomainSocketEndPoint(Uri.UnescapeDataString(path.AbsolutePath)), null),

            // clamd must be on this machine, because its protocol is not encrypted and the scanned files are reports on children.
            { Scheme: "tcp", Port: > 0, IsLoopback: true } at => IPAddress.TryParse(at.Host.Trim('[', ']'), out var address) ? (new IPEndPoint(address, at.Port), null) : ((EndPoint?)null, new DnsEndPoint(at.Host, at.Port)),
            _ => throw new RefusedStartException($"{ClamdOptions.Section}: Address must be like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310, on this machine, because the files sent to it are not encrypted.", null),
        };
    }

    /// <summary>The result of the scan, or Unknown if clamd does not report whether the bytes are clean or malicious.</summary>
    /// <exception cref="IOException">clamd cannot be reached, or the connection is lost.</exception>
    internal async Task<ScanState> AskAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var endPoint = unixOrAddress ?? named!;
            using var socket = endPoint is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint, limit.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            return Read(await AskAsync(stream, bytes, limit.Token));
        }
        catch (SocketException away)
        {
            throw new IOException("clamd cannot be reached.", away);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("clamd took too long.", late);
        }
    }

    private static async Task<string> AskAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var answer = AnswerAsync(stream, cancellationToken);
        try
        {
            await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
            var length = new byte[4];
            for (var at = 0; at < bytes.Length; at += Piece)
            {
                var piece = bytes.Slice(at, Math.Min(Piece, bytes.Length - at));
                BinaryPrimitives.WriteInt32BigEndian(length, piece.Length);
                await stream.WriteAsync(length, cancellationToken);
                await stream.WriteAsync(piece, cancellationToken);
            }

            await stream.WriteAsync(new byte[4], cancellationToken);
        }
        catch (IOException)
        {
            // If a file is larger than clamd accepts, clamd answers and then stops reading, so the hub still reads the answer.
            return await answer;
        }

        return await answer;
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && answer.AsSpan(0, length).IndexOf((byte)0) < 0)
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return Encoding.UTF8.GetString(answer, 0, length);
    }

    // The answer is "stream: OK", "stream: NAME FOUND" or "TEXT ERROR", with a zero byte at the end. An answer that does not end with the
    // zero byte is incomplete.
    private static ScanState Read(string answer) =>
        answer == "stream: OK\0" ? ScanState.Clean
        : answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND\0", StringComparison.Ordinal) ? ScanState.Malicious
        : ScanState.Unknown;
}
